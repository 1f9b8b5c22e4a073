import { describe, expect, test } from 'vitest'
import type { SaidInput } from './given.ts'
import { at, hear } from './talk.ts'
import type { World } from './world.ts'

describe('a coordinator who was moved to another school', () => {
  const MOVED = /^Bapak\/Ibu kini tercatat di \*SDN Rekaan Hulu\*\. Draf dan pengajuan sekolah sebelumnya tetap pada /
  const moved = (stand: string, ...before: SaidInput[]): World => {
    const world = at(stand)
    // the session that the service keeps says which school it is about
    for (const said of [{ text: 'bantuan' }, ...before]) world.say(said)
    // as a supervisor does: drafts and applications stay with the school that was left
    const school = { ...world.coordinator!.school, npsn: '30300001', name: 'SDN Rekaan Hulu' }
    world.coordinator = { ...world.coordinator!, npsn: school.npsn, school }
    world.drafts = []
    world.applications = []
    return world
  }
  test('is told so once, and what they say then is no answer about a pupil of the old one', () => {
    const world = moved('submit.class')
    const saved = world.effects.filter((effect) => effect.kind === 'draft').length
    expect(hear(world, '4A')).toMatch(MOVED)
    expect(hear(world, 'ajukan')).toMatch(/^Apa alasan pengajuannya\?/)
    expect(world.effects.filter((effect) => effect.kind === 'draft')).toHaveLength(saved)
    expect(JSON.stringify(world.session)).not.toContain('Siti')
  })
  test('keeps what their words ask for', () => {
    expect(hear(moved('submit.nik'), 'status')).toMatch(/tetap pada sekolah itu\. Belum ada murid yang diajukan/)
    expect(hear(moved('submit.nik'), 'petugas')).toMatch(/Bapak\/Ibu kini tercatat di \*SDN Rekaan Hulu\*/)
  })
  test('adds no file to the last pupil of the old one', () => {
    const world = moved('submit.nextPupil')
    expect(hear(world, { files: [{}] })).toMatch(MOVED)
    expect(hear(world, '1')).not.toContain('Ahmad Fikri Contoh')
    expect(world.effects.some((effect) => effect.kind === 'attach')).toBe(false)
    expect(world.lostFiles()).toEqual([])
    const asked = moved('submit.nextPupil', { files: [{}] })
    expect(hear(asked, '1')).toMatch(MOVED)
    expect(asked.effects.some((effect) => effect.kind === 'attach')).toBe(false)
  })
  test('does not lose a complaint that they were asked for', () => {
    const world = moved('submit.class', { text: 'pengaduan' })
    expect(hear(world, 'kartu 5 hari blm jadi')).toContain('Bapak/Ibu kini tercatat di *SDN Rekaan Hulu*.')
    expect(world.effects.at(-1)).toMatchObject({ kind: 'complain', text: 'kartu 5 hari blm jadi' })
  })
})
