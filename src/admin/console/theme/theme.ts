import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  Menu,
  Modal,
  Tabs,
} from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'
import button from './button.module.css'

/** The one accent, in ten shades: light surfaces use [8], dark ones [3]. */
const telaga: MantineColorsTuple = [
  '#eefaf7',
  '#dff0eb',
  '#a9e2d6',
  '#63cdb9',
  '#43b8a3',
  '#2a9f8b',
  '#1a8776',
  '#107567',
  '#0b655a',
  '#084f47',
]

/** Our neutrals in Mantine's two scales, which it takes edges and switched-off buttons from. */
const gray: MantineColorsTuple = [
  '#f4f6f5',
  '#eaeeec',
  '#d6ddda',
  '#c3ccc8',
  '#7a8782',
  '#6b7873',
  '#5a6964',
  '#465550',
  '#2c3734',
  '#15201d',
]
const dark: MantineColorsTuple = [
  '#e6edea',
  '#b2bfba',
  '#96a49f',
  '#85938e',
  '#75847f',
  '#2c3734',
  '#1f2826',
  '#161d1b',
  '#0e1312',
  '#090d0c',
]

/** Which tokens a finding of a severity is painted with; read by `Finding` and `FindingBadge` alone. */
export const severityColors = {
  heavy: { solid: 'var(--heavy)', on: 'var(--on-heavy)', soft: 'var(--heavy-soft)' },
  check: { solid: 'var(--check)', on: 'var(--surface)', soft: 'var(--check-soft)' },
  note: { solid: 'var(--note)', on: 'var(--surface)', soft: 'var(--note-soft)' },
} as const

// 32 px with the mouse, 44 px with the finger; the token knows which
const heights = { sm: 'var(--control)', md: 'var(--control-big)' } as const
const height = (size: unknown) => (size === 'md' ? heights.md : heights.sm)

export const theme = createTheme({
  colors: { telaga, gray, dark },
  primaryColor: 'telaga',
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { sm: '4px', md: '8px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
  other: { severity: severityColors },
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input)
    if (input.variant === 'filled' && (input.color ?? 'telaga') === 'telaga') {
      return { ...resolved, background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)' }
    }
    if (input.variant === 'subtle') {
      return { ...resolved, hover: 'var(--sunken)', color: 'var(--text2)', border: '1px solid transparent' }
    }
    return resolved
  },
  components: {
    Button: Button.extend({
      // what is waited for does not turn
      defaultProps: { size: 'sm', variant: 'default', loaderProps: { type: 'dots' } },
      vars: (_, props) => ({
        root: {
          '--button-height': height(props.size),
          '--button-padding-x': props.size === 'md' ? '16px' : '12px',
          '--button-fz': props.size === 'md' ? '16px' : '14px',
        },
      }),
      classNames: { section: button.section ?? '' },
      styles: (_, props) => ({
        root: { fontWeight: props.variant === 'filled' ? 600 : 500 },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle' },
      vars: () => ({ root: { '--ai-size': 'var(--control)' } }),
    }),
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-height': 'var(--control)', '--input-fz': '14px' } }),
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: { fontSize: 14, fontWeight: 600 },
        description: { fontSize: 13, color: 'var(--text2)' },
        error: { fontSize: 13, color: 'var(--heavy)' },
      },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'sm' } }),
    Menu: Menu.extend({
      // focus goes to the first item: what would hold it instead is no item, which a menu must not have
      defaultProps: { shadow: 'none', position: 'bottom-end', withInitialFocusPlaceholder: false },
      styles: { item: { minHeight: 'var(--control)' } },
    }),
    Modal: Modal.extend({
      defaultProps: {
        radius: 'md',
        padding: 'xl',
        transitionProps: { duration: 0 },
        closeButtonProps: { 'aria-label': 'Tutup' },
      },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    }),
    Tabs: Tabs.extend({ defaultProps: { radius: 0 } }),
  },
})

/** Hands our tokens to Mantine, so that its parts follow light and dark with everything else. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text2)',
    '--mantine-color-placeholder': 'var(--text3)',
    '--mantine-color-error': 'var(--heavy)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-color-anchor': 'var(--accent)',
  }
  return { variables: {}, light: shared, dark: shared }
}
