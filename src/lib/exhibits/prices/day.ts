/** @file Days of the calendar as places on a line, and as one says them. All in UTC, as prices are. */

/** Milliseconds of a day. */
const DAY = 86_400_000;

/** The number of a day, counted from 1970. */
export function numberOf(day: string): number {
	return Date.parse(`${day}T00:00:00Z`) / DAY;
}

/** The day with a number. */
export function dayAt(number: number): string {
	return new Date(Math.round(number) * DAY).toISOString().slice(0, 10);
}

/** Where a day lies between two others, 0 to 1. */
export function share(day: string, first: string, last: string): number {
	const [at, from, to] = [day, first, last].map(numberOf);
	return (at - from) / (to - from);
}

/** The day at a place between two others; places beyond them are the nearer of the two. */
export function dayBetween(share: number, first: string, last: string): string {
	const [from, to] = [first, last].map(numberOf);
	const at = from + Math.min(Math.max(share, 0), 1) * (to - from);
	return dayAt(Number.isFinite(at) ? at : from);
}

/** "2023-03-14", where it is a day of the calendar within two others. */
export function dayWithin(text: string, first: string, last: string): string | undefined {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
	const number = numberOf(text);
	if (Number.isNaN(number) || dayAt(number) !== text) return undefined;
	return text >= first && text <= last ? text : undefined;
}

const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A day as somebody types it: "2023-03-14", "14 March 2023", "March 14, 2023". Numbers alone are read in the first of these orders
 * only: in any other, half of the readers would mean another day.
 */
export function dayTyped(text: string): string | undefined {
	const plain = text.trim().slice(0, 40).toLowerCase();
	const written =
		/^(?<day>\d{1,2})\.? (?<month>[a-z]{3,9})\.?,? (?<year>\d{4})$/.exec(plain) ??
		/^(?<month>[a-z]{3,9})\.? (?<day>\d{1,2}),? (?<year>\d{4})$/.exec(plain);
	if (!written) return /^\d{4}-\d\d-\d\d$/.test(plain) ? plain : undefined;
	const { day, month, year } = written.groups!;
	const number = names.indexOf(month.slice(0, 3)) + 1;
	return number ? `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}

/** The first days of the years that lie between two days. */
export function yearsBetween(first: string, last: string): string[] {
	const from = Number(first.slice(0, 4)) + 1;
	const to = Number(last.slice(0, 4));
	return Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => `${from + i}-01-01`);
}

const months = new Intl.DateTimeFormat('en-GB', {
	day: 'numeric',
	month: 'long',
	year: 'numeric',
	timeZone: 'UTC'
});

/** "14 March 2023" */
export function dayWords(day: string): string {
	return months.format(numberOf(day) * DAY);
}

/** Whole years from one day to a later one, as one says them: "three and a half years", "a few weeks". */
export function ageWords(from: string, to: string): string {
	const days = numberOf(to) - numberOf(from);
	if (days < 45) return days < 1 ? 'the same day' : 'a few weeks';
	const halves = Math.round((days / 365.25) * 2);
	if (halves < 1) return 'some months';
	if (halves === 1) return 'half a year';
	const whole = Math.floor(halves / 2);
	const spelt = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][whole];
	const words = spelt ?? String(whole);
	return `${words}${halves % 2 ? ' and a half' : ''} year${halves === 2 ? '' : 's'}`;
}
