/** @file Adds up what the test runners report. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Vitest's JSON report. A file that could not be read is one failure.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
	const unread = report.testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
	).length;
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + unread,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

/**
 * Playwright's JSON report. A flaky test has failed: it is not to be trusted.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} report
 * @returns {Counts}
 */
export function playwrightCounts({ stats, errors = [] }) {
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
		skipped: stats.skipped
	};
}

/**
 * One line a stage and the sum. Nothing run is a failure.
 *
 * @param {{ name: string, counts: Counts, seconds: number }[]} results
 */
export function summary(results) {
	const sum = { passed: 0, failed: 0, skipped: 0 };
	const lines = results.map(({ name, counts, seconds }) => {
		sum.passed += counts.passed;
		sum.failed += counts.failed;
		sum.skipped += counts.skipped;
		return `${name.padEnd(8)}${seconds.toFixed(0).padStart(5)} s   ${inWords(counts)}`;
	});
	lines.push(inWords(sum));
	return { lines, failed: sum.failed > 0 || sum.passed === 0 };
}

/** @param {Counts} counts */
function inWords({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
