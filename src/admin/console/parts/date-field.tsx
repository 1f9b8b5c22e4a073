import { TextInput } from '@mantine/core'
import type { TextInputProps } from '@mantine/core'
import { useState } from 'react'
import type { Ref } from 'react'
import { isRealDate, parseDate } from '../../../models/identity/date.ts'

type Kept = Omit<TextInputProps, 'value' | 'onChange' | 'type'> & { ref?: Ref<HTMLInputElement> }

/**
 * A date as people here write it, day first, whatever language the browser speaks. `value` is `YYYY-MM-DD` or empty;
 * `onChange` hears of it when it is one, and of anything else by `onUnread`.
 */
export function DateField(
  props: Kept & { value: string; onChange: (date: string) => void; onUnread?: (text: string) => void },
) {
  const { value, onChange, onUnread, error, ...rest } = props
  const [typed, setTyped] = useState({ of: value, text: written(value) })
  const [left, setLeft] = useState(false)
  // changed from elsewhere
  const text = typed.of === value ? typed.text : written(value)
  const unread = text !== '' && !parseDate(text).ok
  return (
    <TextInput
      {...rest}
      placeholder="hari-bulan-tahun"
      value={text}
      error={error ?? (unread && left ? 'Tulis misalnya 15-07-2015' : undefined)}
      onChange={({ currentTarget: { value: next } }) => {
        const read = parseDate(next)
        const date = next === '' ? '' : read.ok ? read.value : undefined
        setLeft(false)
        setTyped({ of: date ?? (onUnread ? next : value), text: next })
        if (date !== undefined) onChange(date)
        else onUnread?.(next)
      }}
      onBlur={() => {
        setLeft(true)
        if (!unread) setTyped({ of: value, text: written(value) })
      }}
    />
  )
}

/** `15-07-2015` of `2015-07-15`; what is no date stays as it was typed. */
const written = (date: string): string => (isRealDate(date) ? date.split('-').toReversed().join('-') : date)
