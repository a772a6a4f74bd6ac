import ledger from 'virtual:ledger/all';
import { asCsv } from '../export.server.ts';

export const prerender = true;

export function GET() {
	return new Response(asCsv(ledger.entries), {
		headers: { 'content-type': 'text/csv; charset=utf-8' }
	});
}
