/** When this site first kept anything: an earlier time comes from a clock that was wrong. */
const first = Date.UTC(2025, 0, 1);

/** `26 November 2025` by the reader's calendar; undefined for a time that cannot be, such as one to come. */
export function dayOf(time: number | undefined, now: number): string | undefined {
	if (time === undefined || !(time >= first && time <= now)) return;
	return new Date(time).toLocaleDateString('en-GB', {
		day: 'numeric',
		month: 'long',
		year: 'numeric'
	});
}
