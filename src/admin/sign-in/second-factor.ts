import { Secret, TOTP } from 'otpauth'

/** RFC 6238 as authenticator apps have it: SHA-1, six digits, 30 seconds. A clock may be one step off. */
const PERIOD = 30
const WINDOW = 1
const SECRET_BYTES = 20

const totpOf = (secret: string, label: string, issuer: string) =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD, algorithm: 'SHA1' })

/** A new secret in base32, and the address that an app reads from the picture. */
export function newSecret(label: string, issuer: string): { secret: string; uri: string } {
  const { base32 } = new Secret({ size: SECRET_BYTES })
  return { secret: base32, uri: totpOf(base32, label, issuer).toString() }
}

/** The step that `code` belongs to; undefined where it is wrong. A step is to be used once only. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime()
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD) + delta
}
