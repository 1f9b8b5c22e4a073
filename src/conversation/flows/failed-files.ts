import type { FileFailure, TurnFile } from '../../models/chat/turn.ts'
import type { Scene } from '../definition.ts'
import { text } from '../steps.ts'
import type { TextName } from '../texts/id.ts'
import { failureText, join } from '../texts/texts.ts'

/** A file that could not be taken, by its place among those that came. */
export type Failed = { n: number; failure?: FileFailure | undefined }

function failedOf(files: readonly TurnFile[]): Failed[] {
  return files.flatMap(({ state, failure }, i) => (state === 'failed' ? [{ n: i + 1, failure }] : []))
}

/** Sentences of one message: more is not read. */
const MOST_SENTENCES = 5
/** Files that one sentence names. */
const MOST_PLACES = 20

/** One sentence for each reason, with all the files that have it: "Berkas ke-1, ke-3 kosong. …" */
function failuresText(scene: Scene, failed: readonly Failed[]): string {
  return groupedText(
    scene,
    failed.map(({ n, failure }) => ({ n, name: failureText(failure) })),
  )
}

/** Several in one sentence: what comes behind it may be long. Empty where none failed. */
export function failedText(scene: Scene, files: readonly TurnFile[]): string {
  return failedPlaces(scene, failedOf(files))
}

/** The same of files that have a place among a pupil's. */
export function failedPlaces(scene: Scene, failed: readonly Failed[]): string {
  return failed.length > 1 ? text(scene, 'severalFailed', { n: failed.length }) : failuresText(scene, failed)
}

/** One sentence for each text, with the places that it is about, in the order of their first ones. */
export function groupedText(scene: Scene, told: readonly { n: number; name: TextName }[]): string {
  const groups = Map.groupBy(told, ({ name }) => name)
  const sentences = [...groups].map(([name, of]) =>
    text(scene, name, {
      n: of
        .slice(0, MOST_PLACES)
        .map(({ n }) => n)
        .join(', ke-'),
    }),
  )
  return join(...sentences.slice(0, MOST_SENTENCES))
}
