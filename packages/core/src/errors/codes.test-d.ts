// The table of errors is a const, so that its codes are a type; this checks what its entries are.
import { ERRORS, type ErrorEntry } from './codes.ts';

export const checked: Readonly<Record<`LISPING_E_${string}`, ErrorEntry>> = ERRORS;
