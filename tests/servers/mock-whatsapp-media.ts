import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import tls from 'node:tls'
import { aesEncryptGCM, getMediaKeys, hkdf, proto, sha256 } from '@whiskeysockets/baileys'
import type { BinaryNode } from '@whiskeysockets/baileys'

/** Made for these tests alone; it vouches for nothing but this machine's loopback. */
export const LOOPBACK_CERT = new URL('./fixtures/loopback-cert.pem', import.meta.url)
const LOOPBACK_KEY = new URL('./fixtures/loopback-key.pem', import.meta.url)

/** The fields of an image or document message that say where its bytes are. */
export type HostedMedia = {
  url: string
  directPath: string
  mediaKey: Buffer
  mimetype: string
  fileSha256: Buffer
  fileEncSha256: Buffer
  fileLength: number
  mediaKeyTimestamp: number
}

let trusted = false
/** Makes this process trust the host below; a process of its own is told by NODE_EXTRA_CA_CERTS. */
export function trustLoopback(): void {
  // all of them are read anew, which takes longer than many tests: once in a process
  if (trusted) return
  trusted = true
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(LOOPBACK_CERT, 'utf8')])
}

/** The platform's store of encrypted files. */
export class MediaHost {
  private readonly blobs = new Map<string, Buffer>()
  private server: Server | undefined

  async open(): Promise<void> {
    trustLoopback()
    const tlsFiles = { key: readFileSync(LOOPBACK_KEY), cert: readFileSync(LOOPBACK_CERT) }
    this.server = createServer(tlsFiles, (request, reply) => {
      const path = request.url ?? '/'
      if (request.method === 'GET') {
        const found = this.blobs.get(path)
        reply.writeHead(found ? 200 : 410).end(found)
        return
      }
      buffer(request).then(
        (bytes) => {
          const stored = `/v/${createHash('sha256').update(path).digest('hex')}.enc`
          this.blobs.set(stored, bytes)
          reply.setHeader('content-type', 'application/json')
          reply.end(JSON.stringify({ url: `https://${this.host}${stored}`, direct_path: stored }))
        },
        () => reply.destroy(),
      )
    })
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve))
  }

  get host(): string {
    const address = this.server?.address() as AddressInfo | null | undefined
    return `127.0.0.1:${address?.port ?? 0}`
  }

  /** Encrypts a file as a phone does, and keeps it. */
  async keep(bytes: Uint8Array, type: 'image' | 'document', mimetype: string): Promise<HostedMedia> {
    const mediaKey = randomBytes(32)
    const keys = await getMediaKeys(mediaKey, type)
    if (!keys.macKey) throw new Error('media keys without a MAC')
    const cipher = createCipheriv('aes-256-cbc', keys.cipherKey, keys.iv)
    const body = Buffer.concat([cipher.update(bytes), cipher.final()])
    const mac = createHmac('sha256', keys.macKey).update(keys.iv).update(body).digest().subarray(0, 10)
    const sealed = Buffer.concat([body, mac])
    const directPath = `/m/${randomBytes(8).toString('hex')}.enc`
    this.blobs.set(directPath, sealed)
    return {
      url: `https://${this.host}${directPath}`,
      directPath,
      mediaKey,
      mimetype,
      fileSha256: sha256(Buffer.from(bytes)),
      fileEncSha256: sha256(sealed),
      fileLength: bytes.length,
      mediaKeyTimestamp: Math.floor(Date.now() / 1000),
    }
  }

  /** The platform keeps a file for some weeks only. */
  expire(directPath: string): Buffer | undefined {
    const bytes = this.blobs.get(directPath)
    this.blobs.delete(directPath)
    return bytes
  }
  /** The sender's phone has laid it down again, elsewhere. */
  private restore(bytes: Buffer): string {
    const directPath = `/r/${randomBytes(8).toString('hex')}.enc`
    this.blobs.set(directPath, bytes)
    return directPath
  }

  /** What a phone says when it is asked to lay the file of message `id` down again; `lost`: the file, where it still has it. */
  retryAnswer(of: { id: string; from: string; lost: { mediaKey: Buffer; bytes: Buffer } | undefined }): BinaryNode {
    const { id, from, lost } = of
    const about = { tag: 'rmr', attrs: { jid: from, from_me: 'false' } }
    const attrs = { id, type: 'mediaretry', from, t: String(Math.floor(Date.now() / 1000)) }
    if (!lost) return { tag: 'notification', attrs, content: [about, { tag: 'error', attrs: { code: '2' } }] }
    const iv = randomBytes(12)
    const result = proto.MediaRetryNotification.ResultType.SUCCESS
    const answer = { stanzaId: id, directPath: this.restore(lost.bytes), result }
    const sealed = aesEncryptGCM(
      proto.MediaRetryNotification.encode(answer).finish(),
      hkdf(lost.mediaKey, 32, { info: 'WhatsApp Media Retry Notification' }),
      iv,
      Buffer.from(id),
    )
    const content = [
      { tag: 'enc_p', attrs: {}, content: sealed },
      { tag: 'enc_iv', attrs: {}, content: iv },
    ]
    return { tag: 'notification', attrs, content: [about, { tag: 'encrypt', attrs: {}, content }] }
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections()
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()))
  }
}
