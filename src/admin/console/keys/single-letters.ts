const KEY = 'smart-kids.single-letters'

/** WCAG 2.1.4: keys of one letter can be switched off, for who speaks or often hits a key by mistake. */
export function singleLettersOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

export function switchSingleLetters(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // storage is switched off: the keys stay as they are
  }
}
