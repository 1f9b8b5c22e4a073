import { Button } from '@mantine/core'
import { useState } from 'react'
import { isProblem } from '../client/request.ts'
import { clock } from '../words/time.ts'
import { copyText } from './copy-text.ts'
import { Notice } from './notice.tsx'

/** Why something could not be done, as a sentence, with the code that the office's technician asks for. */
export function ProblemNotice(props: { error: unknown; title: string; retry?: () => void }) {
  const { error, title, retry } = props
  const [copied, setCopied] = useState<string>()
  const problem = isProblem(error) ? error : undefined
  const code = problem?.problem.request ?? (problem ? `${problem.kind} ${problem.status}` : 'konsol')
  return (
    <Notice tone="heavy" title={title}>
      <p>
        {problem?.message ?? 'Terjadi kesalahan.'} Kode {code}, {clock(new Date())}.
      </p>
      {retry && <Button onClick={retry}>Coba lagi</Button>}
      {problem && (
        <Button variant="subtle" onClick={() => void copyText(code).then(() => setCopied(code))}>
          {copied === code ? 'Tersalin' : 'Salin kode'}
        </Button>
      )}
    </Notice>
  )
}
