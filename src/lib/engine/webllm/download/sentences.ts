/**
 * @file What readers are told when a model's files do not come, or cannot be kept: what happened, and what helps. "Try
 * again" is always possible: what has arrived stays, and is not fetched twice.
 */
import { size } from '../../size.ts';

const count = (bytes: number) => bytes.toLocaleString('en');

function duration(seconds: number): string {
	const whole = Math.max(1, Math.ceil(seconds));
	if (whole < 90) return whole === 1 ? '1 second' : `${whole} seconds`;
	const minutes = Math.ceil(whole / 60);
	return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

export const sentences = {
	offline: () =>
		'You are offline, and the model has not come yet. What has arrived stays. When the network is back, try again.',

	unreachable: (host: string) =>
		`This network does not let the model through: ${host} could not be reached. A school’s filter may block it, or the server is down, or it does not allow other sites to read from it (CORS). Try another network, or ask for a copy on a server nearby.`,

	missing: (file: string, host: string, status: number) =>
		`The model’s file ${file} is not at ${host} any more (the server answered ${status}). It may have been moved or renamed. Choose another model, or another place to fetch it from.`,

	refused: (file: string, host: string, status: number) =>
		`${host} does not give out the model’s file ${file} (it answered ${status}). It may want a sign-in, or not serve this network. Try another network, or another place to fetch it from.`,

	unlawful: (host: string) =>
		`${host} may not give out this model where you are, for legal reasons (it answered 451). Choose another model.`,

	tooMany: (host: string, seconds?: number) =>
		`${host} has had too many requests from this network and wants a rest. A whole class counts as one there, because it shares one address. ${
			seconds === undefined ? 'Try again in some minutes' : `Try again in ${duration(seconds)}`
		}; what has arrived stays. For a class, a copy on a server in the building works best.`,

	serverTrouble: (host: string, status: number) =>
		`The server ${host} has trouble of its own (it answered ${status}). What has arrived stays. Try again in some minutes.`,

	webPage: (file: string) =>
		`The network answered with a web page instead of the model’s file ${file}. If it wants you to sign in, do so in another tab, then try again.`,

	broken: (file: string) =>
		`The connection broke, again and again, while ${file} was arriving. What has arrived stays. Try again when the network is better.`,

	stalled: (file: string) =>
		`Nothing of ${file} has come for a while, though it was asked for several times. What has arrived stays. Try again when the network is better.`,

	notWhole: (file: string, bytes: number, total: number) =>
		`The server’s copy of ${file} ends too early: after ${count(bytes)} of ${count(total)} bytes. Try again later, or from another place.`,

	tooLong: (file: string, total: number) =>
		`What the server sends as ${file} is longer than the ${count(total)} bytes it should have, so it is not used. Try again later, or from another place.`,

	altered: (file: string) =>
		`The file ${file} came twice with something changed in it, so it is not used. Something on the way, or the server’s copy, is damaged. Try again later, on another network, or from another place.`,

	changed: (file: string) =>
		`The file ${file} is not the one that came the first time: its server has a different one now. Delete this model, then download it again.`,

	unreadable: (file: string) =>
		`The file ${file} came twice and was no such file as it should be, so it is not used. Try again later, or from another place.`,

	wrongList: (file: string) =>
		`The model’s own file ${file} does not say what this site needs to know, so the model cannot be fetched from there. Choose another model, or another place.`,

	notHere: () =>
		'This model has not been downloaded from there, or not to its end. Download it first.',

	takenAway: () =>
		'This browser deleted part of the model while it was arriving; it does so when it runs out of room. Make some room, then try again.',

	/** @param free bytes, as the browser estimates */
	full: (free?: number) =>
		`This browser has no room for the model${
			free === undefined
				? ''
				: ` (by its own estimate ${size(free)} are free, which is not always true)`
		}. It is held in memory instead: it works until this page is closed, and must be fetched again next time.`,

	notKept: () =>
		'This browser keeps nothing here, as in a private window. The model is held in memory instead: it works until this page is closed, and must be fetched again next time.',

	busyElsewhere: () =>
		'Another tab is downloading or checking this model just now, so it was not deleted. Wait for the end of that, or stop it there, then delete it.',

	/** @param cause what the browser says about it, for whoever reports the fault */
	broke: (cause: string) =>
		`The download stopped with an error. What has arrived stays. Try again. (For whoever looks into it: ${cause.slice(0, 200)}.)`
};
