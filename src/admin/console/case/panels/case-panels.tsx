import type { Case, CaseDocument } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'
import type { PanelSurface } from '../../keys/table.ts'
import { draftOf, keepDraft } from '../page/draft.ts'
import type { CorrectField } from '../page/draft.ts'
import type { Decide } from '../page/use-decide.ts'
import type { Filing } from '../viewer/filing.ts'
import { AskPanel } from './ask-panel.tsx'
import type { AskName } from './ask-panel.tsx'
import { CorrectPanel } from './correct-panel.tsx'
import { HandOverPanel } from './hand-over-panel.tsx'
import { LostClaim } from './lost-claim.tsx'
import { MovePanel } from './move-panel.tsx'
import { ReturnPanel } from './return-panel.tsx'
import { SplitPanel } from './split-panel.tsx'

export type PanelName = AskName | 'return' | 'hand-over' | `correct ${CorrectField}` | 'move' | 'split' | 'lost'

/** Whose keys hold while this panel is open. */
export function panelSurface(panel: PanelName): PanelSurface {
  if (panel.startsWith('correct')) return 'correct'
  if (panel === 'release' || panel === 'misprint') return 'choose'
  return panel === 'return' || panel === 'move' || panel === 'split' || panel === 'lost' ? panel : 'ask'
}

/** The files of the case, the one that is open, and how they are put elsewhere where that may be done. */
type Files = {
  documents: readonly CaseDocument[]
  current: CaseDocument | undefined
  filing: Filing | undefined
}

/** The one panel that is open over data and context, if any. */
export function CasePanels(props: {
  shown: Case
  panel: PanelName | undefined
  decide: Decide
  files: Files
  onSplit: () => void
  onClose: () => void
}) {
  const { shown, panel, decide, files, onSplit, onClose } = props
  const common = { shown, busy: decide.busy, error: decide.error, onClose }
  switch (panel) {
    case undefined:
      return null
    case 'lost':
      return <LostClaim shown={shown} onNext={decide.next} onClose={onClose} />
    case 'hand-over':
      return <HandOverPanel shown={shown} onClose={onClose} />
    case 'return':
      return <ReturnPanel {...common} onReturn={decide.sendBack} />
    case 'correct nik':
    case 'correct name':
    case 'correct birthDate':
    case 'correct kk':
    case 'correct class':
      return (
        <CorrectPanel
          {...common}
          first={panel.slice('correct '.length) as CorrectField}
          onCorrect={(changes) => {
            const token = shown.claim?.token
            if (token === undefined) return
            decide.stay(
              { act: 'correct', token, changes, transactionId: newTransaction() },
              'Data dibetulkan, sekolah diberi tahu.',
              () => {
                keepDraft(shown.id, { ...draftOf(shown.id), values: {} })
                onClose()
              },
            )
          }}
        />
      )
    case 'move':
      return files.current && files.filing ? (
        <MovePanel
          key={files.current.id}
          document={files.current}
          documents={files.documents}
          filing={files.filing}
          onSplit={onSplit}
          onClose={onClose}
        />
      ) : null
    case 'split':
      return files.current && files.filing ? (
        <SplitPanel
          shown={shown}
          document={files.current}
          documents={files.documents}
          filing={files.filing}
          onClose={onClose}
        />
      ) : null
    default:
      return <AskPanel key={panel} shown={shown} panel={panel} decide={decide} onClose={onClose} />
  }
}
