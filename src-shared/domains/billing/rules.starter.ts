import type { FeeItem } from './model.ts'

/**
 * A small fee schedule for a clinic that has none. Codes and words are Cairn's own, made up so that a clinic can start
 * and then put its own in their place; they are no procedure coding system.
 */
export const starterFees: readonly Omit<FeeItem, 'id' | 'isActive'>[] = [
  fee('V-201', 'Established visit, minimal', 'visit', 58, 'established-minimal'),
  fee('V-203', 'Established visit, low', 'visit', 118, 'established-low'),
  fee('V-204', 'Established visit, moderate', 'visit', 168, 'established-moderate'),
  fee('V-205', 'Established visit, high', 'visit', 235, 'established-high'),
  fee('V-102', 'New patient visit, minimal', 'visit', 96, 'new-minimal'),
  fee('V-103', 'New patient visit, low', 'visit', 142, 'new-low'),
  fee('V-104', 'New patient visit, moderate', 'visit', 212, 'new-moderate'),
  fee('V-105', 'New patient visit, high', 'visit', 280, 'new-high'),
  fee('V-110', 'Annual wellness visit', 'visit', 190, null),
  fee('V-150', 'Nurse visit', 'visit', 38, null),
  fee('V-000', 'No charge visit', 'visit', 0, null),
  fee('L-020', 'Pulse oximetry', 'lab', 9, 'loinc:59408-5'),
  fee('L-031', 'Uric acid, in house', 'lab', 22, 'loinc:3084-1'),
  fee('L-040', 'Glucose, finger stick', 'lab', 12, 'loinc:41653-7'),
  fee('L-045', 'HbA1c, in house', 'lab', 28, 'loinc:4548-4'),
  fee('L-052', 'Urine dipstick', 'lab', 14, 'loinc:24356-8'),
  fee('L-060', 'Strep A, rapid', 'lab', 26, 'loinc:78012-2'),
  fee('L-118', 'CRP at point of care', 'lab', 22, 'loinc:1988-5'),
  fee('L-120', 'INR at point of care', 'lab', 18, 'loinc:6301-6'),
  fee('P-010', 'Injection', 'procedure', 32, null),
  fee('P-015', 'ECG with reading', 'procedure', 64, null),
  fee('P-022', 'Wound care, simple', 'procedure', 85, null),
  fee('P-030', 'Ear wash', 'procedure', 48, null),
  fee('I-001', 'Vaccine, giving', 'vaccine', 28, 'immunization'),
  fee('I-110', 'Influenza vaccine', 'vaccine', 34, null),
  fee('S-010', 'Dressing set', 'supply', 11, null),
  fee('A-010', 'Form or letter', 'other', 20, null),
]

function fee(code: string, label: string, kind: FeeItem['kind'], dollars: number, proposeWhen: string | null): Omit<FeeItem, 'id' | 'isActive'> {
  return { code, label, kind, priceCents: dollars * 100, proposeWhen }
}
