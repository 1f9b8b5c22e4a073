import { describe, expect, test } from 'vitest'
import { loadOffice } from '../../src/config/office.ts'
import { addDays, daysKept, draftDue, returnedDue } from '../../src/queue/retention.ts'

const office = loadOffice('office/balangan.yaml')
const retention = {
  ...office.retention,
  afterReceipt: 30,
  afterHandOver: 90,
  afterRejection: 31,
  drafts: 14,
  draftReminder: 3,
  returnedReminders: [14, 45],
  returnedCancel: 60,
}
const start = new Date('2026-11-02T02:00:00Z')
const day = (n: number) => addDays(start, n)

describe('a draft', () => {
  const draft = { updatedAt: start }

  test('is left alone until three days before its end', () => {
    expect(draftDue(draft, retention, day(10.9))).toEqual({ what: 'nothing' })
    expect(draftDue(draft, retention, day(11))).toEqual({ what: 'remind', n: 1, purgeOn: day(14) })
  })

  test('that was reminded of is given up at its end, not before', () => {
    const reminded = { ...draft, remindedAt: day(11) }
    expect(draftDue(reminded, retention, day(13.9))).toEqual({ what: 'nothing' })
    expect(draftDue(reminded, retention, day(14))).toEqual({ what: 'give-up' })
  })

  test('is reminded of first even when the service stood still for weeks, and keeps its three days', () => {
    expect(draftDue(draft, retention, day(40))).toEqual({ what: 'remind', n: 1, purgeOn: day(43) })
    const reminded = { ...draft, remindedAt: day(40) }
    expect(draftDue(reminded, retention, day(42.9))).toEqual({ what: 'nothing' })
    expect(draftDue(reminded, retention, day(43))).toEqual({ what: 'give-up' })
  })

  test('that was touched after its reminder starts anew', () => {
    const touched = { updatedAt: day(12), remindedAt: day(11) }
    expect(draftDue(touched, retention, day(14))).toEqual({ what: 'nothing' })
    expect(draftDue(touched, retention, day(23))).toEqual({ what: 'remind', n: 1, purgeOn: day(26) })
  })
})

describe('a returned application', () => {
  const returned = { stageAt: start }

  test('is reminded of on its days and cancelled on the last', () => {
    expect(returnedDue(returned, retention, day(13.9))).toEqual({ what: 'nothing' })
    expect(returnedDue(returned, retention, day(14))).toEqual({ what: 'remind', n: 1, purgeOn: day(60) })
    const once = { ...returned, remindedAt: day(14), reminders: 1 }
    expect(returnedDue(once, retention, day(44.9))).toEqual({ what: 'nothing' })
    expect(returnedDue(once, retention, day(45))).toEqual({ what: 'remind', n: 2, purgeOn: day(60) })
    const twice = { ...returned, remindedAt: day(45), reminders: 2 }
    expect(returnedDue(twice, retention, day(59.9))).toEqual({ what: 'nothing' })
    expect(returnedDue(twice, retention, day(60))).toEqual({ what: 'give-up' })
  })

  test('never loses a reminder to a standstill, nor gets two at once', () => {
    expect(returnedDue(returned, retention, day(100))).toEqual({ what: 'remind', n: 1, purgeOn: day(146) })
    const once = { ...returned, remindedAt: day(100), reminders: 1 }
    expect(returnedDue(once, retention, day(130.9))).toEqual({ what: 'nothing' })
    expect(returnedDue(once, retention, day(131))).toEqual({ what: 'remind', n: 2, purgeOn: day(146) })
    const twice = { ...returned, remindedAt: day(131), reminders: 2 }
    expect(returnedDue(twice, retention, day(145.9))).toEqual({ what: 'nothing' })
    expect(returnedDue(twice, retention, day(146))).toEqual({ what: 'give-up' })
  })

  test('does not count the reminders of an earlier return', () => {
    const again = { stageAt: day(50), remindedAt: day(45), reminders: 2 }
    expect(returnedDue(again, retention, day(63.9))).toEqual({ what: 'nothing' })
    expect(returnedDue(again, retention, day(64))).toEqual({ what: 'remind', n: 1, purgeOn: day(110) })
  })
})

test('only stages that are an end let values go', () => {
  expect(daysKept('received', retention)).toBe(30)
  expect(daysKept('handed_over', retention)).toBe(90)
  expect(daysKept('rejected', retention)).toBe(31)
  expect(daysKept('cancelled', retention)).toBe(31)
  for (const stage of ['draft', 'verification', 'printing', 'ready', 'returned'] as const) {
    expect(daysKept(stage, retention)).toBeUndefined()
  }
})
