/** Invented people for the demo clinic. Common names stand first and are drawn more often, as in life: that is how namesakes arise. */
export const familyNames: readonly string[] = [
  'Lopez', 'Smith', 'Johnson', 'Nguyen', 'Garcia', 'Brown', 'Martinez', 'Williams', 'Miller', 'Davis', 'Hernandez', 'Jones', 'Kim', 'Lee',
  'Anderson', 'Taylor', 'Ramirez', 'Thomas', 'Moore', 'Jackson', 'Chen', 'Patel', 'Martin', 'Thompson', 'White', 'Torres', 'Harris',
  'Clark', 'Lewis', 'Robinson', 'Walker', 'Young', 'Allen', 'King', 'Wright', 'Scott', 'Hill', 'Flores', 'Green', 'Adams', 'Nelson',
  'Baker', 'Hall', 'Rivera', 'Campbell', 'Mitchell', 'Carter', 'Roberts', 'Gómez', 'Phillips', 'Evans', 'Turner', 'Díaz', 'Parker',
  'Cruz', 'Edwards', 'Collins', 'Reyes', 'Stewart', 'Morris', 'Morales', 'Murphy', 'Cook', 'Rogers', 'Gutiérrez', 'Ortiz', 'Morgan',
  'Cooper', 'Peterson', 'Bailey', 'Reed', 'Kelly', 'Howard', 'Ramos', 'Park', 'Cox', 'Ward', 'Richardson', 'Watson', 'Brooks', 'Chávez',
  'Wood', 'Bennett', 'Gray', 'Mendoza', 'Ruiz', 'Hughes', 'Price', 'Álvarez', 'Castillo', 'Sanders', 'Myers', 'Long', 'Ross', 'Foster',
  'Jiménez', 'Powell', 'Jenkins', 'Perry', 'Russell', 'Sullivan', 'Bell', 'Coleman', 'Butler', 'Henderson', 'Barnes', 'Gonçalves',
  'Fisher', 'Vásquez', 'Simmons', 'Graham', 'Murray', 'Ford', 'Castro', 'Marshall', 'Owens', 'McDonald', 'Harrison', 'Wu', 'Singh',
  'Kowalski', 'Novák', 'Müller', 'Schäfer', 'Östlund', 'Nilsson', 'Jørgensen', 'Brandão', 'Ferrara', 'Rossi', 'Okonkwo', 'Abara',
  'Adebayo', 'Hassan', 'Ali', 'Khan', 'Yılmaz', 'Petrov', 'Ivanova', 'Dubois', 'Moreau', 'Lefèvre', 'O’Brien', 'O’Connor', 'De la Cruz',
  'Van den Berg', 'Nakamura', 'Sato', 'Ito', 'Tran', 'Pham', 'Zhang', 'Wang', 'Li', 'Cho', 'Choi', 'Santos', 'Silva', 'Pereira', 'Feld',
  'Bauer', 'Haines', 'Whitaker', 'Dunn', 'Grant', 'Webb', 'Lowe', 'Mehta', 'Sharma', 'Gupta', 'Haddad', 'Nasser', 'Cohen', 'Levy',
]

export const givenNames: { readonly female: readonly string[]; readonly male: readonly string[] } = {
  female: [
    'Maria', 'Mary', 'Jennifer', 'Linda', 'Patricia', 'Elizabeth', 'Susan', 'Jessica', 'Sarah', 'Karen', 'Lisa', 'Nancy', 'Ana', 'Sandra',
    'Ashley', 'Emily', 'Kimberly', 'Donna', 'Michelle', 'Carol', 'Amanda', 'Melissa', 'Deborah', 'Stephanie', 'Rebecca', 'Laura', 'Helen',
    'Sharon', 'Cynthia', 'Amy', 'Kathleen', 'Angela', 'Anna', 'Brenda', 'Emma', 'Olivia', 'Sophia', 'Isabella', 'Ava', 'Mia', 'Zoë', 'Inês',
    'Chloé', 'Renée', 'María José', 'Lucía', 'Sofía', 'Carmen', 'Rosa', 'Teresa', 'Linh', 'Mei', 'Yuki', 'Ha-eun', 'Priyanka', 'Aisha',
    'Fatima', 'Layla', 'Zara', 'Grace', 'Ngozi', 'Elena', 'Irina', 'Katarzyna', 'Ingrid', 'Astrid', 'Margaret', 'Dorothy', 'Ruth', 'Joyce',
    'Gloria', 'Beverly', 'Ida', 'Clara', 'Ellie', 'Hannah', 'Abigail', 'Nora', 'Leah', 'Julia', 'Marta', 'Bianca',
  ],
  male: [
    'James', 'John', 'Robert', 'Michael', 'William', 'David', 'Richard', 'Joseph', 'Thomas', 'Charles', 'Daniel', 'Matthew', 'Anthony',
    'Mark', 'Steven', 'Paul', 'Andrew', 'Joshua', 'Kevin', 'Brian', 'José', 'Luis', 'Carlos', 'Juan', 'Miguel', 'George', 'Edward', 'Ronald',
    'Timothy', 'Jason', 'Jeffrey', 'Ryan', 'Jacob', 'Gary', 'Nicholas', 'Eric', 'Jonathan', 'Stephen', 'Larry', 'Justin', 'Scott', 'Brandon',
    'Benjamin', 'Samuel', 'Gregory', 'Frank', 'Raymond', 'Alexander', 'Patrick', 'Jack', 'Dennis', 'Noah', 'Liam', 'Ethan', 'Mateo', 'Emil',
    'Oskar', 'Filip', 'Søren', 'Björn', 'René', 'André', 'Kenji', 'Wei', 'Minh', 'Ha-joon', 'Arjun', 'Samir', 'Omar', 'Deniz', 'Chidi',
    'Tolu', 'Darnell', 'Marcus', 'Gino', 'Aaron', 'Adam', 'Victor', 'Harold', 'Walter', 'Albert',
  ],
}

export const streets: readonly string[] = [
  'Maple Street', 'Alder Lane', 'Creek Road', 'Mill Street', 'Church Street', 'Orchard Avenue', 'Ridge Road', 'Harbor View', 'Station Road',
  'Elm Street', 'Cedar Court', 'Willow Way', 'Quarry Road', 'Meadow Lane', 'Pine Street', 'Lakeside Drive', 'Juniper Street', 'Old Post Road',
]
export const towns: readonly [city: string, state: string, postal: string][] = [
  ['Alder Creek', 'OR', '97001'], ['Stonebridge', 'OR', '97003'], ['Fern Valley', 'OR', '97011'], ['Millbrook', 'OR', '97028'], ['Harper', 'OR', '97035'],
]
export const payers: readonly [name: string, plans: readonly string[], digits: number][] = [
  ['Meridian Health', ['PPO 500', 'HMO Basic', 'Family Plus'], 12],
  ['Northway Mutual', ['Silver 3000', 'Gold 1000'], 10],
  ['Cascadia Blue', ['Choice', 'Choice Plus', 'Bronze HSA'], 9],
  ['State Medicaid', ['Managed care'], 9],
]
export const medicare = ['Medicare', ['Part B'], 11] as const
export const languages: readonly string[] = ['Spanish', 'Vietnamese', 'Portuguese', 'Mandarin', 'Arabic', 'Polish', 'Korean']
