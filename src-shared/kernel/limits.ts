/** Every bound in one place, so that nobody meets one by surprise. Units are the last word of a name. */
export const limits = {
  name_chars: 80,
  line_chars: 200,
  text_chars: 4_000,
  note_section_chars: 40_000,
  search_chars: 80,
  search_rows: 20,
  page_rows: 100,
  day_appointments_rows: 2_000,
  appointment_minutes_min: 5,
  appointment_minutes_max: 480,
  password_chars_min: 12,
  password_chars_max: 128,
  photo_bytes: 400_000,
  invoice_lines: 60,
  slow_query_ms: 40,
  loop_block_ms: 50,
} as const
