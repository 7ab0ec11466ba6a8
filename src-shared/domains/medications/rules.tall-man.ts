/**
 * Tall-man letters: the part in which names that look alike differ is written large. From "FDA and ISMP Lists of
 * Look-Alike Drug Names with Recommended Tall Man Letters", as far as a general practice prescribes them.
 */
const names = [
  // FDA's own list.
  'acetaZOLAMIDE', 'acetoHEXAMIDE', 'buPROPion', 'busPIRone', 'chlorproMAZINE', 'chlorproPAMIDE', 'clomiPHENE', 'clomiPRAMINE', 'cycloSERINE', 'cycloSPORINE', 'dimenhyDRINATE', 'diphenhydrAMINE', 'DOBUTamine',
  'DOPamine', 'glipiZIDE', 'glyBURIDE', 'hydrALAZINE', 'hydroCHLOROthiazide', 'HYDROmorphone', 'hydrOXYzine', 'medroxyPROGESTERone', 'methylPREDNISolone', 'methylTESTOSTERone', 'niCARdipine', 'NIFEdipine',
  'prednisoLONE', 'predniSONE', 'risperiDONE', 'rOPINIRole', 'sulfADIAZINE', 'sulfiSOXAZOLE', 'TOLAZamide', 'TOLBUTamide',
  // ISMP's further names.
  'ALPRAZolam', 'aMILoride', 'amLODIPine', 'ARIPiprazole', 'carBAMazepine', 'OXcarbazepine', 'ceFAZolin', 'cefTRIAXone', 'clonazePAM', 'cloNIDine', 'diazePAM', 'DULoxetine', 'FLUoxetine',
  'PARoxetine', 'ePHEDrine', 'EPINEPHrine', 'fentaNYL', 'guaiFENesin', 'guanFACINE', 'HYDROcodone', 'oxyCODONE', 'lamoTRIgine', 'levETIRAcetam', 'levoFLOXacin', 'LORazepam', 'metFORMIN', 'metroNIDAZOLE', 'OLANZapine',
  'QUEtiapine', 'PENTobarbital', 'PHENobarbital', 'SAXagliptin', 'sitaGLIPtin', 'SUMAtriptan', 'ZOLMitriptan', 'tiZANidine', 'tiaGABine', 'traMADol', 'traZODone', 'valACYclovir', 'valGANciclovir',
]
const tall = new Map(names.map((name) => [name.toLowerCase(), name]))

/** Each word of a drug's generic name as the list writes it; what is not on the list, in small letters. */
export const tallMan = (generic: string): string =>
  generic.toLocaleLowerCase('en-US').replace(/[a-z]+/g, (word) => tall.get(word) ?? word)
