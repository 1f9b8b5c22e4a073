const dark = '(prefers-color-scheme: dark)'

/** Light or dark as the system has it, now and later; the tokens read the attribute that Mantine writes as well. */
export function followSystemScheme(): void {
  const query = matchMedia(dark)
  const apply = () => {
    document.documentElement.dataset['mantineColorScheme'] = query.matches ? 'dark' : 'light'
  }
  apply()
  query.addEventListener('change', apply)
}
