import type { Sex } from '#shared/domains/patients/model.ts'

/** Who stands in today's schedule whatever the seed is, so that pictures, walkthroughs and tests can name someone. */
export interface CastMember {
  family: string
  given: string
  middle?: string
  sex: Sex
  /** Age in years today, or a birth date. */
  born: number | string
  /** Column on the day: which of the first four providers. */
  provider: 0 | 1 | 2 | 3
  reason: string
  conditions?: readonly string[]
  allergies?: readonly [label: string, reaction: string, severity: 'mild' | 'moderate' | 'severe'][]
}

const member = (provider: CastMember['provider'], family: string, given: string, sex: Sex, born: number | string, reason: string, more: Partial<CastMember> = {}): CastMember =>
  ({ provider, family, given, sex, born, reason, ...more })

export const cast: readonly CastMember[] = [
  member(0, 'Whitaker', 'James', 'male', 71, 'Diabetes check', { conditions: ['diabetes', 'hypertension'] }),
  member(0, 'Sato', 'Yuki', 'female', 44, 'Results talk', { conditions: ['thyroid'] }),
  member(0, 'Brandão', 'Inês', 'female', 34, 'Annual exam'),
  member(0, 'Nguyen', 'Linh', 'female', 45, 'Knee pain', { conditions: ['knee'] }),
  member(0, 'Okonkwo', 'Grace', 'female', 29, 'Migraine', { conditions: ['migraine'] }),
  member(0, 'Lopez', 'Maria', 'female', '1958-03-12', 'Cough, fever', {
    middle: 'Elena', conditions: ['fibrillation', 'diabetes', 'kidney', 'hypertension', 'lipids'],
    allergies: [['Penicillin', 'anaphylaxis', 'severe'], ['Sulfonamides', 'rash', 'moderate']],
  }),
  member(0, 'Feld', 'Aaron', 'male', 52, 'Blood pressure', { conditions: ['hypertension'] }),
  member(0, 'Haines', 'Patricia', 'female', 63, 'Medication review', { conditions: ['hypertension', 'osteoporosis'] }),
  member(0, 'Romero', 'Luis', 'male', 19, 'Sports physical'),
  member(0, 'Abara', 'Chidi', 'male', 41, 'New patient'),
  member(0, 'Ng', 'Samuel', 'male', 39, 'Shoulder pain'),
  member(1, 'Petrov', 'Elena', 'female', 57, 'New patient'),
  member(1, 'Jansen', 'Koen', 'male', 48, 'Blood pressure', { conditions: ['hypertension'] }),
  member(1, 'Moreau', 'Claire', 'female', 38, 'Thyroid follow-up', { conditions: ['thyroid'] }),
  member(1, 'Ali', 'Samir', 'male', 66, 'COPD review', { conditions: ['copd'] }),
  member(1, 'Dunn', 'Rebecca', 'female', 50, 'Back pain'),
  member(1, 'Ito', 'Kenji', 'male', 74, 'INR, dizziness', { conditions: ['fibrillation'] }),
  member(1, 'Chen', 'Wei', 'male', 47, 'Cholesterol check', { conditions: ['lipids'] }),
  member(1, 'Grant', 'Olivia', 'female', 31, 'Mood follow-up', { conditions: ['depression'] }),
  member(1, 'Owens', 'Darnell', 'male', 60, 'Diabetes check', { conditions: ['diabetes'] }),
  member(1, 'Silva', 'Marta', 'female', 33, 'Anxiety follow-up', { conditions: ['anxiety'] }),
  member(2, 'Bauer', 'Emil', 'male', 6, 'Well child'),
  member(2, 'Khan', 'Zara', 'female', 2, 'Ear pain'),
  member(2, 'Torres', 'Mateo', 'male', 11, 'Asthma review', { conditions: ['asthma'] }),
  member(2, 'Park', 'Ha-eun', 'female', 4, 'Rash'),
  member(2, 'Novák', 'Filip', 'male', 9, 'ADHD follow-up', { conditions: ['adhd'] }),
  member(2, 'Reyes', 'Ana', 'female', 13, 'Sore throat'),
  member(2, 'Hassan', 'Layla', 'female', 15, 'Sports physical'),
  member(2, 'Wood', 'Ellie', 'female', 1, 'Well child'),
  member(3, 'Carter', 'Joyce', 'female', 78, 'INR check', { conditions: ['fibrillation'] }),
  member(3, 'Mehta', 'Arjun', 'male', 55, 'Cut on the thumb'),
  member(3, 'Flores', 'Rita', 'female', 61, 'Blood pressure', { conditions: ['hypertension'] }),
  member(3, 'Webb', 'Thomas', 'male', 69, 'Urinary symptoms', { conditions: ['prostate'] }),
  member(3, 'Adebayo', 'Tolu', 'male', 27, 'Hay fever'),
  member(3, 'Price', 'Helen', 'female', 45, 'Anemia follow-up', { conditions: ['iron'] }),
  member(3, 'Bell', 'Simon', 'male', 36, 'Wart'),
  member(3, 'Yılmaz', 'Deniz', 'female', 36, 'Tired'),
]

/** Hard to tell apart from someone above or from each other, not on today's list. */
export const namesakes: readonly { family: string; given: string; middle?: string; suffix?: string; sex: Sex; born: string; household: number }[] = [
  { family: 'Lopez', given: 'Maria', sex: 'female', born: '1958-12-03', household: 1 },
  { family: 'López', given: 'María', middle: 'Elena', sex: 'female', born: '1990-07-21', household: 2 },
  { family: 'Lopes', given: 'Mariana', sex: 'female', born: '1985-03-30', household: 3 },
  { family: 'Lopez', given: 'Mario', sex: 'male', born: '1958-03-21', household: 1 },
  { family: 'Smith', given: 'John', middle: 'A', suffix: 'Sr', sex: 'male', born: '1961-05-09', household: 4 },
  { family: 'Smith', given: 'John', middle: 'A', suffix: 'Jr', sex: 'male', born: '1989-05-19', household: 4 },
  { family: 'Smith', given: 'Jon', sex: 'male', born: '1989-09-15', household: 5 },
  { family: 'Johnson', given: 'Emma', sex: 'female', born: '2014-02-11', household: 6 },
  { family: 'Johnson', given: 'Ella', sex: 'female', born: '2014-02-11', household: 6 },
  { family: 'Nguyen', given: 'Linh', sex: 'female', born: '1981-04-02', household: 7 },
  { family: 'Nguyen', given: 'Linh', sex: 'male', born: '1998-10-30', household: 8 },
]
