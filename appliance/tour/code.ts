import { customAlphabet } from 'nanoid';

/** Letters and digits that cannot be taken for one another when read aloud or off a sign. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 6;

/** A new tour code: six characters, 29 bits. */
export const newTourCode = customAlphabet(ALPHABET, LENGTH);
