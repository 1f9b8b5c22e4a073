import type { School } from '../models/school/school.ts'

/** The eight kecamatan of Balangan (Kepmendagri 300.2.2-2430/2025). */
const KECAMATAN = [
  'Juai',
  'Halong',
  'Awayan',
  'Batu Mandi',
  'Lampihong',
  'Paringin',
  'Paringin Selatan',
  'Tebing Tinggi',
] as const
const FIRST = 69_900_001
const COUNT = 30
/** Every third is a kindergarten or a secondary school, so that all ages can be tried. */
const KINDS = ['SDN', 'SDN', 'TK', 'SDN', 'SDN', 'SMPN'] as const

/** Thirty made-up schools for DEMO, NPSN 69900001 … 69900030; their coordinators need no approval. */
export const SAMPLE_SCHOOLS: readonly School[] = Array.from({ length: COUNT }, (_, i) => ({
  npsn: String(FIRST + i),
  // 69900014 is the SDN Contoh 14 of the golden dialogues
  name: `${i === 13 ? 'SDN' : (KINDS[i % KINDS.length] ?? 'SDN')} Contoh ${i + 1}`,
  kecamatan: KECAMATAN[i % KECAMATAN.length] ?? 'Paringin',
  enrolled: 40 + ((i * 37) % 160),
  sample: true,
}))
