import ledger from 'virtual:ledger/all';
import { runsAsCsv } from '../../export.server.ts';

export const prerender = true;

export function GET() {
	return new Response(runsAsCsv(ledger.runs), {
		headers: { 'content-type': 'text/csv; charset=utf-8' }
	});
}
