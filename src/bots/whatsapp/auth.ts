import { BufferJSON, initAuthCreds, proto } from '@whiskeysockets/baileys'
import type { AuthenticationCreds, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys'
import type { WhatsappSecrets } from '../../models/whatsapp/auth.ts'

const CREDS = { kind: 'creds', name: 'own' } as const
const APP_STATE_KEY = 'app-state-sync-key'

/** The linked device as the library wants it, over our own store. */
export type Auth = {
  creds: AuthenticationCreds
  keys: SignalKeyStore
  /** Resolves when the credentials are durable. */
  saveCreds(): Promise<void>
}

/**
 * Opens the device's credentials, or makes those of a device that is yet to be paired. All writes carry `fence`. The
 * keys of one `set` go in one operation. Half a pairing by code is dropped: the library would log in with it.
 */
export async function openAuth(secrets: WhatsappSecrets, fence: number): Promise<Auth> {
  const stored = (await secrets.read(CREDS.kind, [CREDS.name])).get(CREDS.name)
  const known = stored && (decode(stored) as AuthenticationCreds)
  const creds = known && isPaired(known) ? known : initAuthCreds()
  return {
    creds,
    saveCreds: () => secrets.write([{ ...CREDS, value: encode(creds) }], fence),
    keys: {
      async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
        const found = await secrets.read(type, ids)
        const entries = [...found].map(([id, value]) => [id, opened(type, decode(value))])
        return Object.fromEntries(entries) as Record<string, SignalDataTypeMap[T]>
      },
      async set(data) {
        const changes = Object.entries(data).flatMap(([kind, values]) =>
          Object.entries(values ?? {}).map(([name, value]) => ({
            kind,
            name,
            value: value === null || value === undefined ? null : encode(value),
          })),
        )
        await secrets.write(changes, fence)
      },
    },
  }
}

/** Whether the account's phone has signed this device. */
export function isPaired(creds: AuthenticationCreds): boolean {
  return creds.account !== undefined && creds.me !== undefined
}

function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value, BufferJSON.replacer))
}
function decode(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'), BufferJSON.reviver)
}
function opened(type: string, value: unknown): unknown {
  return type === APP_STATE_KEY ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value
}
