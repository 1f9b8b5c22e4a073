import { expect, test } from 'vitest'
import { consentTextsOf } from '../../src/conversation/consent.ts'
import { at, files, hear } from './talk.ts'
import { OFFICE, World } from './world.ts'

test('a sample school needs no invitation', () => {
  const world = at('nobody known')
  hear(world, 'halo', 'setuju', '69900014', 'ya', 'Rina Contoh', '2')
  expect(world.coordinator).toMatchObject({ state: 'approved', role: 'teacher', name: 'Rina Contoh' })
  expect(world.session).toMatchObject({ flow: 'submit', step: 'reason' })
})
test('a role in place of the name is kept, and the name asked for again', () => {
  const world = at('nobody known')
  expect(hear(world, 'halo', 'setuju', '69900014', 'ya', 'saya operator sekolah')).toBe(
    'Kami catat: Operator. Mohon ketik nama lengkap Bapak/Ibu.',
  )
  hear(world, 'Rina Contoh')
  expect(world.coordinator).toMatchObject({ role: 'operator', name: 'Rina Contoh' })
})
test('a name that begins with a role is a name the second time', () => {
  const world = at('register.ownName')
  expect(hear(world, 'Guru Penguji')).toBe('Kami catat: Guru/wali kelas. Mohon ketik nama lengkap Bapak/Ibu.')
  hear(world, 'Guru Penguji')
  expect(world.coordinator).toMatchObject({ role: 'teacher', name: 'Guru Penguji' })
})
test('a role and nothing else is no name however often it is said, and the third time help is offered', () => {
  const world = at('register.ownName')
  for (const said of ['guru kelas', 'guru', 'wali kelas 4B']) expect(hear(world, said)).not.toContain('PETUGAS')
  expect(hear(world, 'guru')).toContain('*PETUGAS* bila ingin dibantu')
  expect(world.coordinator).toBeNull()
  hear(world, 'Rina Contoh')
  expect(world.coordinator).toMatchObject({ role: 'teacher', name: 'Rina Contoh' })
})
test('a real school comes in by the code of the office', () => {
  const world = new World({ coordinator: null, invitations: ['KIA-2026-77'] })
  expect(hear(world, 'halo', 'setuju', '30300001', 'ya')).toBe(
    'Ketik *kode undangan* dari Disdukcapil Kabupaten Balangan, atau *BELUM*.',
  )
  expect(hear(world, 'kia-0000-00')).toContain('Kode tidak cocok atau kedaluwarsa.')
  hear(world, 'kia-2026-77', 'Rina Contoh, operator')
  expect(world.coordinator?.state).toBe('approved')
})
test('a code behind /start is used where it is asked for', () => {
  const world = new World({ coordinator: null, invitations: ['KIA-2026-77'] })
  hear(world, '/start KIA-2026-77', 'setuju', '30300001')
  expect(hear(world, 'ya')).toBe('Mohon ketik nama lengkap Bapak/Ibu.')
})
test.each(['/start KQWR-4827', 'undangan kqwr-4827', 'KQWR-4827'])(
  '%s where the code is asked for is the code',
  (said) => {
    const world = new World({ coordinator: null, invitations: ['KQWR-4827'] })
    hear(world, 'halo', 'setuju', '30300001', 'ya')
    expect(hear(world, said)).toBe('Mohon ketik nama lengkap Bapak/Ibu.')
  },
)
test.each(['/start KQWR-4827', 'UNDANGAN KQWR-4827', 'kqwr-4827', 'KQWR 4827'])(
  '%s from somebody who waits for approval lets them in, and what they sent goes into the queue',
  (said) => {
    const world = new World({ coordinator: null, invitations: ['KQWR-4827'] })
    hear(world, 'halo', 'setuju', '30300001', 'ya', 'belum', 'Rina Contoh, operator')
    hear(world, 'Siti Rekaan, 6311065402160003, 14-2-2016, 4A', files(5), 'kirim', 'ya', 'Budi Rekaan')
    expect(world.coordinator?.state).toBe('pending')
    expect(hear(world, 'ABCD-2345')).toBe('Kode tidak cocok atau kedaluwarsa. Kembali ke Budi Rekaan: berapa NIK-nya?')
    const heard = world.say({ text: said }).map((message) => message.text)
    expect(heard[0]).toBe('Pendaftaran Bapak/Ibu sudah disetujui.')
    expect(heard[1]).toContain('Berkas Siti Rekaan sudah kami terima. Nomor antrean *B417-6*')
    expect(heard[1]).toContain('Kembali ke Budi Rekaan')
    expect(world.coordinator?.state).toBe('approved')
    expect(world.drafts.map((draft) => draft.answers['name'])).toEqual(['Budi Rekaan'])
  },
)
test('a code that lets somebody in without drafts leads on to the first pupil', () => {
  const world = new World({ coordinator: { state: 'pending' }, invitations: ['KQWR-4827'] })
  expect(hear(world, 'kqwr-4827')).toBe('Pendaftaran Bapak/Ibu sudah disetujui. Ketik *AJUKAN* untuk mulai.')
  expect(hear(world, 'kqwr-4827')).not.toContain('disetujui')
})
test('without a code one registers, prepares five drafts, and KIRIM waits for the approval', () => {
  const world = at('nobody known')
  hear(world, 'halo', 'setuju', '30300001', 'ya', 'belum')
  expect(hear(world, 'Rina Contoh, operator')).toContain('paling banyak 5 draf')
  hear(world, 'Siti Rekaan, 6311065402160003, 14-2-2016, 4A')
  expect(hear(world, { files: [{}, {}, {}, {}, {}] }, 'kirim')).toBe(
    'Berkas Siti Rekaan kami simpan. Kami antrekan setelah pendaftaran Bapak/Ibu disetujui. Ada murid lain? Balas *YA* atau *SELESAI*.',
  )
  expect(world.drafts).toHaveLength(1)
  for (const serial of ['4', '5', '6', '7'])
    hear(world, 'ya', `Budi Rekaan, 631106540216000${serial}, 14-2-2016`, 'nanti', 'ajukan', '1')
  expect(world.drafts).toHaveLength(5)
  expect(hear(world, 'menu', '1')).toContain('paling banyak 5 draf dapat disimpan')
  if (world.coordinator) world.coordinator = { ...world.coordinator, state: 'approved' }
  const heard = world.say({ system: { event: 'approved' } }).map((message) => message.text)
  expect(heard[0]).toBe('Pendaftaran Bapak/Ibu sudah disetujui.')
  expect(heard[1]).toContain('Berkas Siti Rekaan sudah kami terima. Nomor antrean *B417-6*')
  expect(world.drafts).toHaveLength(4)
})
test.each([
  ['69900014, Rina Contoh, guru kelas', { npsn: '69900014', ownName: 'Rina Contoh', ownRole: 'teacher' }],
  ['NPSN: 69900014\nSDN Contoh 14\nnama saya Rina, operator', { ownName: 'Rina', ownRole: 'operator' }],
  ['6990-0014 Rina Contoh kepala sekolah', { ownName: 'Rina Contoh', ownRole: 'head' }],
  ['69900014 TK Pertiwi Contoh', {}],
  ['69900014 Rina Contoh', {}],
  ['saya guru kelas di SDN Contoh 14 npsn 69900014', { ownRole: 'teacher' }],
  ['69900014 kata bapak kepala sekolah', { ownRole: 'head' }],
])('"%s" where the NPSN is asked for is all of %j', (said, own) => {
  const world = at('register.npsn')
  const heard = hear(world, said)
  expect(heard).toContain('NPSN 69900014 adalah *SDN Contoh 14*')
  expect(heard.startsWith('Kami catat: ')).toBe('ownRole' in own)
  const { consent: _, ...answers } = world.session!.answers
  expect(answers).toEqual({ npsn: '69900014', ...own })
})
test('what stands behind SETUJU and names a school is kept; any other remark is no consent', () => {
  const world = at('register.consent')
  expect(hear(world, 'setuju, tapi nanti saya tanya dulu')).toContain('Balas *SETUJU*')
  expect(hear(world, 'Setuju. 69900014, Rina Contoh, operator', 'ya')).toContain('Apa alasan pengajuannya?')
  expect(world.coordinator).toMatchObject({ name: 'Rina Contoh', role: 'operator' })
})
test.each(['bukan, 30300001', '30300001'])('"%s" to a school that was named before is the other one', (said) => {
  expect(hear(at('register.confirmSchool'), said)).toContain('NPSN 30300001 adalah *SDN Rekaan Hulu*')
  const unknown = at('register.confirmSchool')
  expect(hear(unknown, said.replace('30300001', '11111111'))).toContain('NPSN 11111111 belum terdaftar')
  expect(unknown.session).toMatchObject({ step: 'npsn' })
})
test('a name beside an unknown NPSN is kept', () => {
  const world = at('register.npsn')
  expect(hear(world, '11111111, Rina Contoh, guru')).toContain('NPSN 11111111 belum terdaftar')
  expect(hear(world, '69900014', 'ya')).toContain('Apa alasan pengajuannya?')
  expect(world.coordinator).toMatchObject({ name: 'Rina Contoh', role: 'teacher' })
})
test('an unknown NPSN, and a school that is not theirs, ask again', () => {
  const world = at('register.npsn')
  expect(hear(world, '11111111')).toContain('NPSN 11111111 belum terdaftar')
  expect(hear(world, '69900014', 'bukan')).toBe('Mohon ketik NPSN sekolah Bapak/Ibu (8 angka).')
})
test('the words of the consent are kept', () => {
  const world = at('nobody known')
  hear(world, 'halo', 'iya setuju', '69900014', 'ya', 'Rina Contoh, TU')
  const effect = world.effects.find((one) => one.kind === 'register')
  expect(effect?.kind === 'register' && effect.consent.evidence).toBe('t2: iya setuju')
  const versions = consentTextsOf(OFFICE).map(({ version }) => version)
  expect(versions).toContain(effect?.kind === 'register' && effect.consent.textVersion)
  expect(effect?.kind === 'register' && effect.role).toBe('administration')
})
test('help and complaints are open to everybody', () => {
  expect(hear(at('nobody known'), 'petugas')).toContain('Permintaan bantuan kami catat, nomor *P31-3*.')
  const world = at('nobody known')
  expect(hear(world, 'pengaduan', 'tidak dilayani')).toContain('Pengaduan Bapak/Ibu kami terima')
})
