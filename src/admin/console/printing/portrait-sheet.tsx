import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { isProblem } from '../client/request.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { saveAs } from '../parts/take-away.ts'
import { SHEET_DENSITIES, SHEET_MOST, SHEET_PAGE } from './printing.ts'
import type { usePortraitSheet } from './printing.ts'

/**
 * Portraits on paper, as dense as the printer prints; saved under `name`. A long list comes in parts, one after another,
 * their pages numbered through. `make` tells its page what went wrong.
 */
export function PortraitSheet({
  make,
  applications,
  name,
}: {
  make: ReturnType<typeof usePortraitSheet>
  applications: readonly string[]
  name: string
}) {
  const [dpi, setDpi] = useState<(typeof SHEET_DENSITIES)[number]>(SHEET_DENSITIES[0])
  const [chosen, setPart] = useState(0)
  const parts = Math.max(1, Math.ceil(applications.length / SHEET_MOST))
  // of a shorter list the first one is next again
  const part = chosen < parts ? chosen : 0
  const from = part * SHEET_MOST
  /** A card that was printed is another stage's by now: the server wants to know why. */
  const [asking, setAsking] = useState(false)
  const draw = (reason?: string) =>
    make.mutate(
      {
        applications: applications.slice(from, from + SHEET_MOST),
        dpi,
        firstPage: from / SHEET_PAGE + 1,
        ...(reason === undefined ? {} : { reason }),
      },
      {
        onSuccess: (address) => {
          setAsking(false)
          saveAs(address, parts === 1 ? `${name}.pdf` : `${name}-${part + 1}-dari-${parts}.pdf`)
          setPart((part + 1) % parts)
        },
        onError: (error) => {
          if (reason !== undefined || !isProblem(error, 'forbidden')) return
          make.reset()
          setAsking(true)
        },
      },
    )
  const span = (n: number) => `${n * SHEET_MOST + 1}–${Math.min((n + 1) * SHEET_MOST, applications.length)}`
  return (
    <>
      <Button
        style={{ flex: 'none' }}
        disabled={applications.length === 0}
        loading={make.isPending}
        onClick={() => draw()}
      >
        Lembar pas foto{parts > 1 && ` ${span(part)}`}
      </Button>
      {parts > 1 && (
        <NativeSelect
          aria-label="Bagian lembar pas foto"
          value={part}
          data={Array.from({ length: parts }, (_, n) => ({
            value: String(n),
            label: `Bagian ${n + 1} dari ${parts}: ${span(n)}`,
          }))}
          onChange={(event) => setPart(Number(event.currentTarget.value))}
        />
      )}
      <NativeSelect
        aria-label="Ketajaman lembar pas foto"
        value={dpi}
        data={SHEET_DENSITIES.map((value) => ({ value: String(value), label: `${value} dpi` }))}
        onChange={({ currentTarget: { value } }) =>
          setDpi(SHEET_DENSITIES.find((one) => String(one) === value) ?? SHEET_DENSITIES[0])
        }
      />
      {asking && (
        <AnswerDialog
          title="Lembar pas foto"
          explained="Ada kartu yang sudah dicetak atau bukan di tahap Anda. Alasan tercatat pada tiap berkas itu."
          fields={[{ kind: 'note', name: 'reason', label: 'Alasan', required: true }]}
          submit="Buat lembar"
          busy={make.isPending}
          error={make.error}
          onSubmit={({ reason = '' }) => draw(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
