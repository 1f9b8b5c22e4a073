import { useMediaQuery } from '@mantine/hooks'

/** The window is as narrow as the styles' phone, from the first drawing on. */
export const usePhone = (): boolean =>
  useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false }) ?? false
