import type { MantineColorsTuple } from '@mantine/core'

/** Ten steps per colour, written as one line of hex without '#', step 0 first. */
function scale(steps: string): MantineColorsTuple {
  const [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9] = steps.split(' ').map((hex) => `#${hex}`)
  if (s0 && s1 && s2 && s3 && s4 && s5 && s6 && s7 && s8 && s9) {
    return [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9]
  }
  throw new Error('A colour scale needs ten steps')
}

export const stone = scale('FAFAF8 F4F4F1 EAE9E5 DCDBD5 BFBDB6 8A8881 66645E 4E4C48 353431 1D1C1A')
export const fjord = scale('EDF6F9 D9ECF2 B3D8E4 86BFD2 56A3BC 3288A5 1F728F 175E78 124B60 0C3646')
export const moss = scale('EFF7EF DCEEDC B9DDBB 8FC694 63AB6C 418F4D 2F7A3D 256532 1D5028 143A1D')
export const amber = scale('FEF7E6 FCECC5 F8DA8E F1C155 E0A526 C2880F 9C6A06 7E5505 634307 472F06')
export const clay = scale('FDF1EF FADFDA F4BDB4 EA9486 DC6B5A C94A38 B23A29 932E20 76261B 561B13')
export const heather = scale('F5F2FA E8E2F4 D0C4E8 B19FD8 9079C5 7459B0 614699 50397F 3F2D64 2D2048')
export const slate = scale('F1F4F9 E1E8F2 C3D0E4 9DB1CF 768FB6 56739F 445E87 374C6E 2B3C57 1E2A3D')
export const plum = scale('FBF1F6 F4DDE9 E8BCD3 D893B7 C26A98 A94C7E 913C69 773056 5E2644 431B31')
export const dark = scale('ECEAE5 CBC8C1 A8A59D 85827A 4A4843 393733 2A2926 201F1D 191816 11100F')
