import type { ConsentFormFields } from './model.ts'

const form = (fields: Pick<ConsentFormFields, 'name' | 'text' | 'validity'> & Partial<ConsentFormFields>): ConsentFormFields => ({ scope: 'all', typeIds: [], isReviewed: false, isActive: true, ...fields })

/**
 * Texts to begin with, in plain words. They are a starting point and no legal advice: each is marked until somebody of the
 * clinic has read it with a lawyer and said so.
 */
export const starterForms: readonly ConsentFormFields[] = [
  form({
    name: 'Consent to treatment', validity: 'yearly',
    text: `I agree that the clinicians of this clinic examine and treat me, or the patient for whom I sign. This includes usual tests such as blood pressure, blood samples and swabs.

I have the right to ask about anything that is proposed, what it is for, what may go wrong and what else could be done, and to say no to any part of it.

For an operation or another act with more than a small risk I will be asked apart, in writing.

I know that no result can be promised. I can take this consent back at any time; what was done before then stays as it is.`,
  }),
  form({
    name: 'Privacy notice received', validity: 'once',
    text: `I have been given this clinic’s Notice of Privacy Practices. It says how the clinic uses and shares health information about me, what rights I have over it, and whom I can ask or complain to.

By signing I say only that I have received the notice. I do not give up any right, and my care does not depend on this signature.

If I do not sign, the clinic writes down that it was offered to me and why it was not signed (45 CFR 164.520(c)(2)(ii)).`,
  }),
  form({
    name: 'Financial responsibility', validity: 'yearly',
    text: `I have given the clinic my insurance as it stands today, and I will say when it changes.

The clinic may send my insurer what is needed to be paid, and my insurer may pay the clinic directly.

I pay what my insurance leaves to me: copays at the visit, and deductibles, coinsurance and services that are not covered when I am billed for them. Without insurance I pay for the visit myself, and I may ask for an estimate before it.

If I cannot pay at once I will say so; the clinic may agree on payments over time.`,
  }),
  form({
    name: 'Visits by video', validity: 'yearly', scope: 'telehealth',
    text: `I agree to be seen by video. The clinician and I see and hear each other over the internet, and the clinician cannot touch or examine me as in the room.

I know that the connection may fail, that something may be missed which would be seen in person, and that I may be asked to come in.

The visit is not recorded unless I agree to that apart. I will say where I am at the beginning, so that help can be sent in an emergency, and I will be in a place where nobody listens whom I do not want to.

I can stop a visit by video at any time and ask for one in person instead.`,
  }),
]
