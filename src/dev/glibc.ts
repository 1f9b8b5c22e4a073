/**
 * The embedded engine is built against glibc 2.38 and imports seven names of that version, each of which older glibc
 * has under another: `__isoc23_X` is `X` with C17 behaviour, and `fmod` is there since 2.2.5. This retargets those
 * imports in a copy, so that the engine loads on Debian 12. Layout: System V ABI, and the LSB for symbol versions.
 */
const OLD = 'GLIBC_2.38'
const NEW = 'GLIBC_2.2.5'
const ISO_C23 = '__isoc23_'
const SEGMENT = { load: 1, dynamic: 2 } as const
const TAG = {
  strings: 5,
  symbols: 6,
  stringsSize: 10,
  gnuHash: 0x6ffffef5,
  versions: 0x6ffffff0,
  needed: 0x6ffffffe,
  neededCount: 0x6fffffff,
}

type Segment = { offset: number; address: number; size: number }

/**
 * A copy of a shared object (ELF64, little endian) without imports from glibc 2.38. Throws when the file is none, or
 * when it imports a name of 2.38 that has no known equal.
 */
export function lowerGlibc(original: Uint8Array): Buffer {
  const file = Buffer.from(original)
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1) throw new Error('not an ELF64 LE file')
  const { at, tag } = readDynamic(file)
  const strings = at(tag(TAG.strings))
  const text = (offset: number): string => file.toString('latin1', strings + offset, file.indexOf(0, strings + offset))
  const lowered = lowerVersions(
    file,
    at(tag(TAG.needed)),
    tag(TAG.neededCount),
    text,
    newNameOffset(file, strings, tag(TAG.stringsSize)),
  )

  const symbols = at(tag(TAG.symbols))
  const versions = at(tag(TAG.versions))
  // imports come first in the symbol table; the GNU hash table says where they end
  const imports = file.readUInt32LE(at(tag(TAG.gnuHash)) + 4)
  for (let i = 1; i < imports; i++) {
    if (!lowered.has(file.readUInt16LE(versions + 2 * i) & 0x7fff)) continue
    const symbol = symbols + 24 * i
    const name = file.readUInt32LE(symbol)
    if (text(name).startsWith(ISO_C23)) file.writeUInt32LE(name + ISO_C23.length, symbol)
    else if (text(name) !== 'fmod') throw new Error(`no older equal is known for the import ${text(name)}@${OLD}`)
  }
  return file
}

/** True when `version` (as `2.36`) is older than what the engine is built against. */
export function isOlderGlibc(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 2 || (major === 2 && minor < 38)
}

function readDynamic(file: Buffer): { at: (address: number) => number; tag: (name: number) => number } {
  const long = (offset: number): number => Number(file.readBigUInt64LE(offset))
  const loads: Segment[] = []
  let dynamic: number | undefined
  const first = long(32)
  for (let i = 0; i < file.readUInt16LE(56); i++) {
    const header = first + i * 56
    const kind = file.readUInt32LE(header)
    if (kind === SEGMENT.load)
      loads.push({ offset: long(header + 8), address: long(header + 16), size: long(header + 32) })
    if (kind === SEGMENT.dynamic) dynamic = long(header + 8)
  }
  if (dynamic === undefined) throw new Error('not a dynamic ELF file')
  const tags = new Map<number, number>()
  for (let o = dynamic; long(o) !== 0; o += 16) if (!tags.has(long(o))) tags.set(long(o), long(o + 8))
  return {
    at: (address) => {
      const segment = loads.find((one) => address >= one.address && address < one.address + one.size)
      if (!segment) throw new Error(`address ${address} lies in no loaded segment`)
      return address - segment.address + segment.offset
    },
    tag: (name) => {
      const value = tags.get(name)
      if (value === undefined) throw new Error(`dynamic tag ${name} is missing`)
      return value
    },
  }
}

function newNameOffset(file: Buffer, strings: number, size: number): number {
  const offset = file.indexOf(Buffer.from(`${NEW}\0`), strings) - strings
  if (offset < 0 || offset > size) throw new Error(`the file names no ${NEW}`)
  return offset
}

/** Rewrites each needed version OLD to NEW; answers the version indexes that symbols of OLD carry. */
function lowerVersions(
  file: Buffer,
  needed: number,
  count: number,
  text: (offset: number) => string,
  newName: number,
): Set<number> {
  const lowered = new Set<number>()
  for (let entry = needed, i = 0; i < count; i++) {
    let aux = entry + file.readUInt32LE(entry + 8)
    for (let j = 0; j < file.readUInt16LE(entry + 2); j++) {
      if (text(file.readUInt32LE(aux + 8)) === OLD) {
        lowered.add(file.readUInt16LE(aux + 6))
        file.writeUInt32LE(elfHash(NEW), aux)
        file.writeUInt32LE(newName, aux + 8)
      }
      aux += file.readUInt32LE(aux + 12)
    }
    entry += file.readUInt32LE(entry + 12)
  }
  return lowered
}

function elfHash(name: string): number {
  let hash = 0
  for (const byte of Buffer.from(name)) {
    hash = ((hash << 4) + byte) >>> 0
    const high = hash & 0xf0000000
    if (high) hash ^= high >>> 24
    hash = (hash & ~high) >>> 0
  }
  return hash
}
