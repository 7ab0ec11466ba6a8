import type { MantineThemeComponents } from '@mantine/core'
import parts from './parts.module.css'

const input = { size: 'xs', classNames: undefined } as const

const modal = {
  // The page itself never scrolls, so there is nothing to lock; the lock would write a style element.
  defaultProps: { lockScroll: false, centered: true, radius: 'lg', shadow: 'lg', padding: 'lg', transitionProps: { transition: 'fade', duration: 120 } },
  classNames: { content: parts['modal'], overlay: parts['veil'], title: parts['modalTitle'] },
}

/**
 * Each part's look is set here once; screens pass no sizes and no colours. Classes come from parts.module.css
 * because the content security policy of the window allows no style element that is written at run time.
 */
export const componentDefaults: MantineThemeComponents = {
  Button: { defaultProps: { size: 'xs', variant: 'default' }, classNames: { root: parts['button'], label: parts['buttonLabel'] } },
  ActionIcon: { defaultProps: { variant: 'subtle', size: 26 }, classNames: { root: parts['actionIcon'] } },
  CloseButton: { defaultProps: { size: 26 } },
  Input: { defaultProps: input, classNames: { input: parts['input'] } },
  InputWrapper: {
    defaultProps: { size: 'xs', inputWrapperOrder: ['label', 'input', 'error', 'description'] },
    classNames: { label: parts['label'], error: parts['error'], description: parts['description'] },
  },
  TextInput: { defaultProps: { size: 'xs' } },
  // It hands its own class names to the wrapper, so the wrapper's are named again.
  PasswordInput: { defaultProps: { size: 'xs' }, classNames: { label: parts['label'], error: parts['error'], description: parts['description'], input: parts['input'] } },
  Textarea: { defaultProps: { size: 'xs', autosize: true, minRows: 2 } },
  NumberInput: { defaultProps: { size: 'xs', hideControls: true } },
  Select: { defaultProps: { size: 'xs', allowDeselect: false, checkIconPosition: 'right' } },
  MultiSelect: { defaultProps: { size: 'xs' } },
  Autocomplete: { defaultProps: { size: 'xs' } },
  Combobox: { defaultProps: { size: 'xs', shadow: 'md' }, classNames: { option: parts['option'], dropdown: parts['dropdown'] } },
  Checkbox: { defaultProps: { size: 'xs', radius: 'xs' }, classNames: { input: parts['check'], label: parts['checkLabel'] } },
  Radio: { defaultProps: { size: 'xs' }, classNames: { radio: parts['radio'], label: parts['checkLabel'] } },
  Switch: { defaultProps: { size: 'xs', withThumbIndicator: false }, classNames: { track: parts['track'], label: parts['checkLabel'] } },
  SegmentedControl: {
    defaultProps: { size: 'xs', transitionDuration: 0 },
    classNames: { root: parts['segments'], label: parts['segment'], indicator: parts['segmentIndicator'] },
  },
  Modal: modal,
  ModalRoot: modal,
  Drawer: { defaultProps: { lockScroll: false } },
  Popover: { defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 120 } }, classNames: { dropdown: parts['popover'] } },
  Menu: { defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 80 } }, classNames: { dropdown: parts['popover'], item: parts['option'] } },
  Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 80 } }, classNames: { tooltip: parts['tooltip'] } },
  Tabs: { classNames: { tab: parts['tab'], list: parts['tabList'] } },
  Kbd: { classNames: { root: parts['kbd'] } },
  Badge: { defaultProps: { autoContrast: false, radius: 'xl', variant: 'default' }, classNames: { root: parts['badge'] } },
  Progress: { defaultProps: { size: 6, radius: 'xs', transitionDuration: 0 }, classNames: { root: parts['progress'] } },
  Table: { classNames: { table: parts['table'], th: parts['th'], td: parts['td'] } },
  Anchor: { defaultProps: { underline: 'hover' } },
  Skeleton: { defaultProps: { animate: false } },
}
