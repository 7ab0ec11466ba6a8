import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core'
import { componentDefaults } from './components.ts'
import { amber, clay, dark, fjord, heather, moss, plum, slate, stone } from './scales.ts'
import { schemeVariables } from './tokens.ts'

/**
 * Mantine's autoContrast looks at the light shade only and would put white on fjord 4 in dark (2.9 : 1),
 * so the three button variants take their colours from tokens, which follow the scheme.
 */
const variantColorResolver: VariantColorsResolver = (input) => {
  const isDanger = input.color === 'clay' || input.color === 'red'
  const none = '1px solid transparent'
  if (input.variant === 'filled' && (isDanger || !input.color || input.color === 'fjord')) {
    return isDanger
      ? { background: 'var(--danger)', hover: 'var(--danger-hover)', color: 'var(--on-danger)', border: none }
      : { background: 'var(--fill)', hover: 'var(--fill-hover)', color: 'var(--on-fill)', border: none }
  }
  if (input.variant === 'default' || input.variant === 'outline') {
    const ink = isDanger ? 'var(--bad)' : 'var(--ink)'
    const edge = isDanger ? 'var(--bad-line)' : 'var(--line-2)'
    return { background: 'var(--surface)', hover: 'var(--sunken)', color: ink, border: `1px solid ${edge}` }
  }
  if (input.variant === 'subtle' || input.variant === 'transparent') {
    const ink = isDanger ? 'var(--bad)' : 'var(--accent)'
    return { background: 'transparent', hover: 'var(--accent-bg)', color: ink, border: none }
  }
  return defaultVariantColorsResolver(input)
}

export const theme = createTheme({
  colors: {
    stone, fjord, moss, amber, clay, heather, slate, plum, dark,
    // Mantine's own names, so that a part that falls back to one of them stays in the family.
    gray: stone, blue: fjord, red: clay, green: moss, yellow: amber, teal: moss, violet: heather, pink: plum,
  },
  primaryColor: 'fjord',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  variantColorResolver,
  white: '#FFFFFF',
  black: stone[9],
  fontFamily: "'Inter', system-ui, sans-serif",
  fontFamilyMonospace: "'Inter', system-ui, sans-serif",
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '16px' },
  lineHeights: { xs: '1.3334', sm: '1.385', md: '1.4286', lg: '1.4', xl: '1.375' },
  headings: {
    fontFamily: "'Inter', system-ui, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '16px', lineHeight: '22px' },
      h2: { fontSize: '15px', lineHeight: '20px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
      h4: { fontSize: '13px', lineHeight: '18px' },
      h5: { fontSize: '13px', lineHeight: '18px' },
      h6: { fontSize: '12px', lineHeight: '16px' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '50%' },
  defaultRadius: 'sm',
  shadows: {
    xs: 'var(--shadow-card)', sm: 'var(--shadow-card)', md: 'var(--shadow-popover)',
    lg: 'var(--shadow-panel)', xl: 'var(--shadow-panel)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: componentDefaults,
})

/** Points Mantine's own variables at ours, so that its parts need no colours from screens. */
const mantineNames: Record<`--${string}`, string> = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-success': 'var(--ok)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-disabled': 'var(--disabled)',
  '--mantine-color-disabled-color': 'var(--disabled-ink)',
  '--mantine-color-disabled-border': 'var(--line-2)',
  '--mantine-primary-color-filled': 'var(--fill)',
  '--mantine-primary-color-filled-hover': 'var(--fill-hover)',
  '--mantine-primary-color-contrast': 'var(--on-fill)',
  '--mantine-color-fjord-filled': 'var(--fill)',
  '--mantine-color-fjord-filled-hover': 'var(--fill-hover)',
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...schemeVariables('light'), ...mantineNames },
  dark: { ...schemeVariables('dark'), ...mantineNames },
})
