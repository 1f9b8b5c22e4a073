import { IconCheck } from '@tabler/icons-react'
import { useParts } from '../client/office.ts'
import { SeverityIcon } from '../parts/severity-icon.tsx'
import { channelName } from '../words/people.ts'
import css from './channel-state.module.css'

const CHANNELS = ['whatsapp', 'telegram', 'webchat']

/** Whether the bot can be reached: one line while all is well, a line for each channel that is not. */
export function ChannelState() {
  const parts = useParts(true).data?.parts
  if (!parts) return null
  const channels = CHANNELS.filter((name) => parts[name] !== undefined)
  // started, but nobody has paired the office's number yet
  const unpaired = channels.filter((name) => parts[name]?.state === 'waiting')
  const alerted = channels.filter((name) => parts[name]?.ready && parts[name].alert && !unpaired.includes(name))
  const well = channels.filter((name) => parts[name]?.ready && !unpaired.includes(name) && !alerted.includes(name))
  const wrong = channels.filter((name) => !parts[name]?.ready)
  return (
    <div role="status" aria-label="Saluran">
      {wrong.map((name) => (
        <p key={name} className={css.state} data-wrong>
          <SeverityIcon severity="check" over="var(--bg)" />
          {channelName(name)} tidak tersambung
        </p>
      ))}
      {unpaired.map((name) => (
        <p key={name} className={css.state} data-wrong>
          <SeverityIcon severity="check" over="var(--bg)" />
          {channelName(name)} menunggu disambungkan
        </p>
      ))}
      {alerted.map((name) => (
        <p key={name} className={css.state} data-wrong>
          <SeverityIcon severity="check" over="var(--bg)" />
          {channelName(name)} perlu diperiksa
        </p>
      ))}
      {well.length > 0 && (
        <p className={css.state}>
          <IconCheck size={16} aria-hidden />
          {well.map(channelName).join(', ')} tersambung
        </p>
      )}
    </div>
  )
}
