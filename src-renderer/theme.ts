/** Mantine in our own tokens: three type sizes, one accent, an 8-pixel grid, and colours that come from `styles.css`. */
import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from '@mantine/core'

/** The one accent, light to dark; 7 is used on light surfaces and 3 on dark ones. */
const accent: MantineColorsTuple = [
  '#eef1ff',
  '#dde3ff',
  '#bcc7ff',
  '#93a5ff',
  '#7188fb',
  '#5670ef',
  '#435de2',
  '#3550cf',
  '#2b42ab',
  '#233687',
]

/** Mantine's dark surfaces, from text (0) to the page (9). */
const dark: MantineColorsTuple = [
  '#e9ebf0',
  '#c3c9d4',
  '#a8b0be',
  '#8790a0',
  '#3b4250',
  '#272c36',
  '#1c2028',
  '#15181e',
  '#0e1014',
  '#0a0c0f',
]

const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#f1f3f6',
  '#e3e6eb',
  '#d6dae1',
  '#c9ced6',
  '#9aa1ad',
  '#646b79',
  '#4b5261',
  '#2b303a',
  '#15181e',
]

const text = '0.875rem'
const small = '0.75rem'

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  colors: { accent, dark, gray },
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: small, sm: text, md: text, lg: text, xl: text },
  lineHeights: { xs: '1rem', sm: '1.25rem', md: '1.25rem', lg: '1.25rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: text, lineHeight: '1.5rem' },
      h2: { fontSize: text, lineHeight: '1.25rem' },
      h3: { fontSize: text, lineHeight: '1.25rem' },
      h4: { fontSize: text, lineHeight: '1.25rem' },
      h5: { fontSize: small, lineHeight: '1rem' },
      h6: { fontSize: small, lineHeight: '1rem' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '8px', xl: '8px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // The variant by name, since it is styled by it.
    Button: { defaultProps: { size: 'xs', fw: 500, variant: 'filled' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 0 },
        centered: false,
        yOffset: '6vh',
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Tooltip: {
      defaultProps: { openDelay: 300, transitionProps: { duration: 0 }, withinPortal: true },
    },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
  },
})

/** Mantine's own names for surfaces and text, taken from our tokens so that both are always the same colour. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-dim)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-placeholder': 'var(--ink-faint)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--critical)',
  }
  return { variables: {}, light: shared, dark: shared }
}
