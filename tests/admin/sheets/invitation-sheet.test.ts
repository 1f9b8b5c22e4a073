import { expect, test } from 'vitest'
import { invitationLink } from '../../../src/admin/sheets/invitation-sheet.ts'
import { readGlobal, startPayload } from '../../../src/conversation/reading/commands.ts'

test('the link opens the chat with a text that the conversation reads as the code', () => {
  const link = new URL(invitationLink({ phone: '6281100000001', code: 'KQWR-4827' }))
  expect(link.origin + link.pathname).toBe('https://wa.me/6281100000001')
  const typed = link.searchParams.get('text') ?? ''
  expect(startPayload(typed)).toBe('KQWR-4827')
  expect(readGlobal(typed)).toMatchObject({ word: 'MENU' })
})
