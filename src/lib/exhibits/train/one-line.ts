import { visible } from '../run/plain.ts';

/** A text on one line: what would break it is a sign. */
export const oneLine = (text: string): string => visible(text).replaceAll('\n', '');
