import { IconCheck } from '@tabler/icons-react'
import type { PartsView } from '../../contract/office.ts'
import { useParts } from '../client/office.ts'
import { SeverityIcon } from '../parts/marks.tsx'
import css from '../shell/rail.module.css'
import { channelName } from '../words/people.ts'

const CHANNELS = ['whatsapp', 'telegram', 'webchat']

/** What is the matter with the bot's channels, a sentence each; and the names of those that are well. */
export function useChannels(enabled: boolean): { troubles: string[]; well: string[] } | undefined {
  const parts = useParts(enabled).data?.parts
  if (!parts) return undefined
  const channels = CHANNELS.flatMap((name) => {
    const part = parts[name]
    return part ? [{ name: channelName(name), trouble: troubleOf(part) }] : []
  })
  return {
    troubles: channels.flatMap(({ name, trouble }) => (trouble === undefined ? [] : [`${name} ${trouble}`])),
    well: channels.flatMap(({ name, trouble }) => (trouble === undefined ? [name] : [])),
  }
}
function troubleOf({ ready, state, alert }: PartsView['parts'][string]): string | undefined {
  if (!ready) return 'tidak tersambung'
  // started, but nobody has paired the office's number yet
  if (state === 'waiting') return 'menunggu disambungkan'
  return alert ? 'perlu diperiksa' : undefined
}

/** Whether the bot can be reached: one line while all is well, a line for each channel that is not. */
export function ChannelState() {
  const channels = useChannels(true)
  if (!channels) return null
  const { troubles, well } = channels
  return (
    <div role="status" aria-label="Saluran">
      {troubles.map((trouble) => (
        <ChannelTrouble key={trouble} trouble={trouble} />
      ))}
      {well.length > 0 && (
        <p className={css.state}>
          <IconCheck size={16} aria-hidden />
          {well.join(', ')} tersambung
        </p>
      )}
    </div>
  )
}

export function ChannelTrouble({ trouble }: { trouble: string }) {
  return (
    <p className={css.state} data-wrong>
      <SeverityIcon severity="check" over="var(--bg)" />
      {trouble}
    </p>
  )
}
