import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { trustProxy } from '../../src/admin/server/origin.ts'
import { readEnv } from '../../src/config/env.ts'

describe('DEMO', () => {
  test('is on outside production and off in it', () => {
    expect(readEnv({}).demo).toBe(true)
    expect(readEnv({ NODE_ENV: 'production' }).demo).toBe(false)
  })
  test('is off by default beside a real Telegram token, on beside a test address', () => {
    expect(readEnv({ TELEGRAM_BOT_TOKEN: '1:a' }).demo).toBe(false)
    expect(readEnv({ TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }).demo).toBe(true)
  })
  test('an explicit 1 wins, except where others on the network could reach it', () => {
    expect(readEnv({ DEMO: '1', TELEGRAM_BOT_TOKEN: '1:a' }).demo).toBe(true)
    expect(readEnv({ DEMO: '1', NODE_ENV: 'production' }).demo).toBe(true)
    expect(() => readEnv({ DEMO: '1', HOST: '0.0.0.0' })).toThrow(/DEMO.*loopback/)
    expect(readEnv({ HOST: '0.0.0.0' }).demo).toBe(false)
  })
})

test('roles are all, or some by name', () => {
  expect(readEnv({}).ROLES).toEqual(['bots', 'worker', 'admin'])
  expect(readEnv({ ROLES: 'worker, bots' }).ROLES).toEqual(['bots', 'worker'])
  expect(() => readEnv({ ROLES: 'kitchen' })).toThrow(/ROLES/)
})

test('what is no number or no address of a store is refused by its name, and not printed', () => {
  expect(() => readEnv({ PORT: 'tiga' })).toThrow('PORT: must be a number')
  expect(() => readEnv({ MONGODB_URI: 'rahasia' })).toThrow(/^MONGODB_URI: must begin with mongodb:\/\/$/)
  expect(() => readEnv({ REDIS_URL: 'rahasia' })).toThrow(/^REDIS_URL: must begin with redis:\/\/$/)
})

test('a webhook address must be https, except on loopback', () => {
  const hook = (TELEGRAM_WEBHOOK_URL: string) => readEnv({ TELEGRAM_WEBHOOK_URL })
  expect(() => hook('http://contoh.example/hook')).toThrow(/https/)
  expect(hook('https://contoh.example/hook').TELEGRAM_WEBHOOK_URL).toBe('https://contoh.example/hook')
  expect(hook('http://127.0.0.1:8080/hook').TELEGRAM_WEBHOOK_URL).toBe('http://127.0.0.1:8080/hook')
})

test('the official WhatsApp API is refused with a sentence, the linked device is not', () => {
  expect(() => readEnv({ WHATSAPP: 'cloud' })).toThrow(/WHATSAPP: .*baileys/)
  expect(readEnv({ WHATSAPP: 'baileys' })).toMatchObject({ WHATSAPP: 'baileys', demo: false })
  expect(readEnv({ WHATSAPP: 'baileys', WHATSAPP_WS_URL: 'ws://127.0.0.1:1/ws/chat' }).demo).toBe(true)
})

test('every wrong variable is named', () => {
  expect(() => readEnv({ PORT: 'many', PUBLIC_URL: 'nowhere' })).toThrow(/PORT[\s\S]*PUBLIC_URL/)
})

test('the compose file describes one office in production on the port that the service listens on', () => {
  const compose = parse(readFileSync('compose.yaml', 'utf8')) as Record<'services' | 'volumes', Record<string, never>>
  const { environment, ports, healthcheck, volumes } = compose.services['service'] as unknown as {
    environment: Record<string, string>
    ports: string[]
    volumes: string[]
    healthcheck: { test: string[] }
  }
  const env = readEnv(environment)
  expect(env).toMatchObject({ production: true, demo: false, ROLES: ['bots', 'worker', 'admin'] })
  expect(ports).toEqual([`127.0.0.1:${env.PORT}:${env.PORT}`])
  expect(healthcheck.test.at(-1)).toContain(`127.0.0.1:${env.PORT}/readyz`)
  for (const address of [env.MONGODB_URI, env.REDIS_URL]) {
    expect(Object.keys(compose.services)).toContain(new URL(address ?? '').hostname)
  }
  // what must outlive a container lies on named volumes
  expect(volumes).toContain(`files:${env.DATA_DIR}`)
  expect(Object.keys(compose.volumes)).toEqual(['mongodb', 'redis', 'files'])
  expect(trustProxy(env.TRUST_PROXY)).toBe('uniquelocal')
  // what an .env that nobody has written leaves out is no variable that the service does not know
  expect(Object.keys(environment).filter((name) => !(name in env) && name !== 'NPM_CONFIG_INCLUDE')).toEqual([])
})
