import ledger from 'virtual:ledger/all';

export function load() {
	return { count: ledger.runs.length };
}
