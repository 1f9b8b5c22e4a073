import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { saveAs } from '../client/download.ts'
import { SHEET_DENSITIES } from '../client/printing.ts'
import type { usePortraitSheet } from '../client/printing.ts'

/** Portraits on paper, as dense as the printer prints; saved under `name`. `make` tells its page what went wrong. */
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
  return (
    <>
      <Button
        style={{ flex: 'none' }}
        disabled={applications.length === 0}
        loading={make.isPending}
        onClick={() => make.mutate({ applications, dpi }, { onSuccess: (address) => saveAs(address, name) })}
      >
        Lembar pas foto
      </Button>
      <NativeSelect
        aria-label="Ketajaman lembar pas foto"
        value={dpi}
        data={SHEET_DENSITIES.map((value) => ({ value: String(value), label: `${value} dpi` }))}
        onChange={({ currentTarget: { value } }) =>
          setDpi(SHEET_DENSITIES.find((one) => String(one) === value) ?? SHEET_DENSITIES[0])
        }
      />
    </>
  )
}
