/** How long a stock lasts. Days are `YYYY-MM-DD`; amounts are cards or prints. */
export type Forecast = {
  /** Used on a working day, on average; null while too little is known. */
  perDay: number | null
  /** Whole working days that it lasts from today on; null while too little is known. */
  days: number | null
  /** Working days and cards that are still to be seen before anything is foretold; zeros once it is. */
  lacks: { days: number; cards: number }
  /** What is left at the start of these working days, today first, down to nothing. */
  left: readonly { day: string; amount: number }[]
  /** The last day on which there is still the reorder level; today where it is below already. */
  orderBy: string | null
  /** Working days from today until then. */
  orderIn: number | null
}

/** Days that a plot shows at most. */
const SHOWN = 12
const DAY = 86_400_000
/** Working days that the average looks back over. */
const LOOKED_BACK = 10
/** Of fewer whole working days, or fewer cards in them, an average says nothing. */
const ENOUGH = { days: 3, cards: 30 }

/** The `count` working days before (or from, for `step` 1) `today`, nearest first. */
function workingDays(today: string, step: 1 | -1, count: number, isWorking: (day: string) => boolean): string[] {
  const days: string[] = []
  let at = Date.parse(`${today}T00:00:00Z`) + (step === -1 ? -DAY : 0)
  for (let i = 0; days.length < count && i < 400; i++, at += step * DAY) {
    const day = new Date(at).toISOString().slice(0, 10)
    if (isWorking(day)) days.push(day)
  }
  return days
}

/**
 * `used`: what was used on each day. The average is over the last ten working days before today, or over fewer, at least
 * three, where the office began to count later.
 */
export function forecast(
  onHand: number,
  used: ReadonlyMap<string, number>,
  how: { today: string; reorderAt: number; isWorking: (day: string) => boolean },
): Forecast {
  const { today, reorderAt, isWorking } = how
  const back = workingDays(today, -1, LOOKED_BACK, isWorking)
  const first = [...used.keys()].toSorted()[0]
  const counted = back.filter((day) => first !== undefined && day >= first)
  const whole = counted.reduce((sum, day) => sum + (used.get(day) ?? 0), 0)
  const lacks = { days: Math.max(0, ENOUGH.days - counted.length), cards: Math.max(0, ENOUGH.cards - whole) }
  if (lacks.days > 0 || lacks.cards > 0)
    return { perDay: null, days: null, lacks, left: [], orderBy: null, orderIn: null }
  const perDay = whole / counted.length

  const ahead = workingDays(today, 1, SHOWN, isWorking)
  const amounts = ahead.map((day, i) => ({ day, amount: Math.max(0, onHand - i * perDay) }))
  const empty = amounts.findIndex(({ amount }) => amount === 0)
  const left = empty === -1 ? amounts : amounts.slice(0, empty + 1)
  const above = Math.floor((onHand - reorderAt) / perDay)
  const until = onHand <= reorderAt ? [today] : workingDays(today, 1, above + 1, isWorking)
  return {
    perDay,
    days: Math.max(0, Math.floor(onHand / perDay)),
    lacks,
    left: left.map(({ day, amount }) => ({ day, amount: Math.round(amount) })),
    orderBy: until.at(-1) ?? null,
    orderIn: until.length > 0 ? until.length - 1 : null,
  }
}
