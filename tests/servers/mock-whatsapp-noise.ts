import {
  Curve,
  NOISE_MODE,
  NOISE_WA_HEADER,
  aesDecryptGCM,
  aesEncryptGCM,
  encodeBinaryNode,
  decodeBinaryNode,
  hkdf,
  proto,
  sha256,
} from '@whiskeysockets/baileys'
import type { BinaryNode } from '@whiskeysockets/baileys'

const EMPTY = Buffer.alloc(0)
const LENGTH_BYTES = 3
/** Years away: nothing of a test depends on it. */
const NOT_AFTER = 4_102_444_800

/** What a client says of itself at its login. */
export type ClientPayload = proto.IClientPayload

/** Of the platform itself, whichever server one comes to. */
const PLATFORM = Curve.generateKeyPair()
// signing is slow in JavaScript, and there is a connection for each start of each process
const CERTIFICATES = certificates(PLATFORM.public)

/** One connection's handshake and frames, from the server's side: Noise XX over AES-GCM, then binary nodes. */
export class NoiseLink {
  private readonly ephemeral = Curve.generateKeyPair()
  private readonly write: (bytes: Buffer) => void
  private hash: Buffer = Buffer.from(NOISE_MODE)
  private salt: Buffer = this.hash
  private key: Buffer = this.hash
  private counter = 0
  private received: Buffer = EMPTY
  private introduced = false
  private stage: 'hello' | 'finish' | 'open' = 'hello'
  private transport: { seal(plain: Uint8Array): Buffer; open(sealed: Uint8Array): Buffer } | undefined

  constructor(write: (bytes: Buffer) => void) {
    this.write = write
    this.authenticate(NOISE_WA_HEADER)
  }

  send(node: BinaryNode): void {
    if (!this.transport) throw new Error('the handshake is not over')
    this.frame(this.transport.seal(encodeBinaryNode(node)))
  }

  /** Takes bytes as they came; gives back what they complete. */
  async take(bytes: Buffer): Promise<({ login: ClientPayload } | { node: BinaryNode })[]> {
    this.received = Buffer.concat([this.received, bytes])
    if (!this.introduced) this.skipIntroduction()
    const found: ({ login: ClientPayload } | { node: BinaryNode })[] = []
    while (this.received.length >= LENGTH_BYTES) {
      const length = this.received.readUIntBE(0, LENGTH_BYTES)
      if (this.received.length < length + LENGTH_BYTES) break
      const frame = this.received.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
      this.received = this.received.subarray(LENGTH_BYTES + length)
      if (this.transport) found.push({ node: await decodeBinaryNode(this.transport.open(frame)) })
      else if (this.stage === 'hello') this.answerHello(frame)
      else found.push({ login: this.finish(frame) })
    }
    return found
  }

  /** `WA` and two version bytes; before them, where the client was routed, `ED` with a length. */
  private skipIntroduction(): void {
    const routed = this.received.subarray(0, 2).toString() === 'ED'
    const routing = routed ? 7 + ((this.received[4] ?? 0) << 16) + this.received.readUInt16BE(5) : 0
    this.received = this.received.subarray(routing + 4)
    this.introduced = true
  }

  private answerHello(frame: Buffer): void {
    const client = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral
    if (!client) throw new Error('a client without an ephemeral key')
    this.authenticate(client)
    this.authenticate(this.ephemeral.public)
    this.mix(Curve.sharedKey(this.ephemeral.private, client))
    const identity = this.encrypt(PLATFORM.public)
    this.mix(Curve.sharedKey(PLATFORM.private, client))
    const payload = this.encrypt(CERTIFICATES)
    const serverHello = { ephemeral: this.ephemeral.public, static: identity, payload }
    this.frame(Buffer.from(proto.HandshakeMessage.encode({ serverHello }).finish()))
    this.stage = 'finish'
  }

  private finish(frame: Buffer): ClientPayload {
    const finish = proto.HandshakeMessage.decode(frame).clientFinish
    if (!finish?.static || !finish.payload) throw new Error('a client without an identity')
    this.mix(Curve.sharedKey(this.ephemeral.private, this.decrypt(finish.static)))
    const login = proto.ClientPayload.decode(this.decrypt(finish.payload))
    const keys = Buffer.from(hkdf(EMPTY, 64, { salt: this.salt, info: '' }))
    let reads = 0
    let writes = 0
    this.transport = {
      seal: (plain) => aesEncryptGCM(plain, keys.subarray(32), nonce(writes++), EMPTY),
      open: (sealed) => aesDecryptGCM(sealed, keys.subarray(0, 32), nonce(reads++), EMPTY),
    }
    this.stage = 'open'
    return login
  }

  private frame(bytes: Buffer): void {
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUIntBE(bytes.length, 0, LENGTH_BYTES)
    this.write(Buffer.concat([length, bytes]))
  }
  private authenticate(data: Uint8Array): void {
    this.hash = sha256(Buffer.concat([this.hash, data]))
  }
  private encrypt(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, this.key, nonce(this.counter++), this.hash)
    this.authenticate(sealed)
    return sealed
  }
  private decrypt(sealed: Uint8Array): Buffer {
    const plain = aesDecryptGCM(sealed, this.key, nonce(this.counter++), this.hash)
    this.authenticate(sealed)
    return plain
  }
  private mix(secret: Uint8Array): void {
    const keys = Buffer.from(hkdf(Buffer.from(secret), 64, { salt: this.salt, info: '' }))
    this.salt = keys.subarray(0, 32)
    this.key = keys.subarray(32)
    this.counter = 0
  }
}

function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(counter, 8)
  return bytes
}

/** A chain in the platform's form. rc14 looks at the length of its signatures only, and at the issuer's serial. */
function certificates(identity: Uint8Array): Uint8Array {
  const root = Curve.generateKeyPair()
  const middle = Curve.generateKeyPair()
  const details = (serial: number, issuerSerial: number, key: Uint8Array): Buffer =>
    Buffer.from(
      proto.CertChain.NoiseCertificate.Details.encode({
        serial,
        issuerSerial,
        key,
        notBefore: 0,
        notAfter: NOT_AFTER,
      }).finish(),
    )
  const intermediate = details(1, 0, middle.public)
  const leaf = details(2, 1, identity)
  return proto.CertChain.encode({
    intermediate: { details: intermediate, signature: Curve.sign(root.private, intermediate) },
    leaf: { details: leaf, signature: Curve.sign(middle.private, leaf) },
  }).finish()
}
