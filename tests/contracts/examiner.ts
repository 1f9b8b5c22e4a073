import { expect, test } from 'vitest'
import type { Examine } from '../../src/media/looking.ts'
import { plainPicture } from '../media/pictures.ts'

/** What whoever looks at files has to keep, the fake of the tests as well as the process that really looks. */
export function examinerContract(name: string, make: () => Promise<Examine>): void {
  test(
    `${name}: a picture has one page in two sizes, a hash, and a look at that page`,
    { timeout: 120_000 },
    async () => {
      const examine = await make()
      const { look, renditions } = await examine({
        bytes: await plainPicture('jpeg', { width: 320, height: 240 }),
        mediaType: 'image/jpeg',
      })
      expect(look).toMatchObject({ opened: true, total: 1 })
      if (!look.opened) return
      expect(look.pages).toHaveLength(1)
      expect(look.pictureHash).toMatch(/^[0-9a-f]{16}$/)
      expect(renditions.map(({ page, size }) => `${page} ${size}`)).toEqual(['1 page', '1 thumbnail'])
      for (const { jpeg } of renditions) expect(Buffer.from(jpeg).toString('hex', 0, 2)).toBe('ffd8')
    },
  )

  test(`${name}: what is no picture is told as such and not thrown`, { timeout: 120_000 }, async () => {
    const examine = await make()
    const { look, renditions } = await examine({ bytes: Buffer.from('not a picture'), mediaType: 'image/jpeg' })
    expect(look).toEqual({ opened: false, refusal: 'broken' })
    expect(renditions).toEqual([])
  })
}
