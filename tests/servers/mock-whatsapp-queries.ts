import type { BinaryNode } from '@whiskeysockets/baileys'
import type { MockWhatsApp } from './mock-whatsapp.ts'
import { DEVICE, DOMAIN, bytesOf, child, children } from './mock-whatsapp-nodes.ts'

/** The content of the answer to a client's query; undefined where an empty answer says yes. */
export async function answerQuery(server: MockWhatsApp, node: BinaryNode): Promise<BinaryNode[] | undefined> {
  switch (node.attrs['xmlns']) {
    case 'encrypt':
      return answerKeys(server, node)
    case 'usync':
      return [directory(server, node)]
    case 'w:m': {
      const hosts = [{ tag: 'host', attrs: { hostname: server.media.host, maxContentLengthBytes: '104857600' } }]
      return [{ tag: 'media_conn', attrs: { auth: 'auth', ttl: '3600' }, content: hosts }]
    }
    case 'privacy': {
      const content = [{ tag: 'category', attrs: { name: 'readreceipts', value: 'all' } }]
      return [{ tag: 'privacy', attrs: {}, content }]
    }
    case 'abt':
      return [{ tag: 'props', attrs: { hash: 'h' }, content: [] }]
    case 'blocklist':
      return [{ tag: 'list', attrs: {}, content: [] }]
    default:
      return undefined
  }
}

async function answerKeys(server: MockWhatsApp, node: BinaryNode): Promise<BinaryNode[] | undefined> {
  if (child(node, 'count')) return [{ tag: 'count', attrs: { value: String(server.keys.count) } }]
  if (child(node, 'digest')) return [{ tag: 'digest', attrs: {} }]
  if (child(node, 'identity')) {
    server.keys.upload(node)
    return undefined
  }
  const asked = children(child(node, 'key'), 'user')
  const bundles = asked.map(async ({ attrs }) => {
    const jid = attrs['jid'] ?? ''
    const error = { tag: 'error', attrs: { code: '406', text: 'not-acceptable' } }
    return (await server.bundleOf(jid)) ?? { tag: 'user', attrs: { jid }, content: [error] }
  })
  return [{ tag: 'list', attrs: {}, content: await Promise.all(bundles) }]
}

/** Who has which devices, and which LID belongs to which number. */
function directory(server: MockWhatsApp, node: BinaryNode): BinaryNode {
  const asked = children(child(child(node, 'usync'), 'list'), 'user')
  const users = asked.map((user): BinaryNode => {
    const number = bytesOf(child(user, 'contact')).toString().replace('+', '')
    const jid = user.attrs['jid'] ?? `${number}@${DOMAIN}`
    const own = server.isOwn(jid)
    const person = server.personOf(jid)
    const contact = { tag: 'contact', attrs: { type: person || own ? 'in' : 'out' } }
    if (!person && !own) return { tag: 'user', attrs: { jid }, content: [contact] }
    const devices = (own ? [0, DEVICE] : (person?.deviceNumbers ?? [])).map((id) => ({
      tag: 'device',
      attrs: id === 0 ? { id: String(id) } : { id: String(id), 'key-index': '1' },
    }))
    const list = { tag: 'device-list', attrs: {}, content: devices }
    const lid = { tag: 'lid', attrs: { val: person?.lid ?? `${server.office.lid}@lid` } }
    const found = [contact, { tag: 'devices', attrs: {}, content: [list] }]
    return { tag: 'user', attrs: { jid }, content: person?.listsOther === false ? found : [...found, lid] }
  })
  const content = [
    { tag: 'result', attrs: {} },
    { tag: 'list', attrs: {}, content: users },
  ]
  return { tag: 'usync', attrs: {}, content }
}
