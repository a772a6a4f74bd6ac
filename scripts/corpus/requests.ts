/** How a reader may ask for a story. Every word asked for must stand in the story that follows. */
import { lines } from './grammar.ts';

export const aboutThing = lines(`
	{Tell|Please tell|Can you tell} me a story about {the|a} $thing.
	Tell me {about|something about} {the|a} $adj $thing.
	{Write|Please write} {a story|a short story|something} about {the|a} $thing.
	A story about {the|a} $thing, please.
	{What happened|What happened one day} {to|with} the $thing?
	{I would like|I want} a story with a $thing in it.
	{Make up|Invent} {a story|something} about a $adj $thing.
	Do you know {a|any} story about a $thing?
	What {about|can you say about} the $thing?
	{Story|A bedtime story}: the $adj $thing.
	{Once there was|There was} a $adj $thing. {What then|Go on|And then}?
	{the|a} $thing
	Why is the $thing {famous|special}?
	Something {short|funny|quiet} about {the|a} $thing, please.
`);

export const aboutPerson = lines(`
	{Tell|Please tell|Can you tell} me a story about $A.
	{Write|Write something} about $A.
	What happened to $A {one day|yesterday|last week}?
	A story {with|about} $A, please.
	{What|So what} did $A do {today|then|last week}?
	Tell me what $A did {next|that day}.
	{How is|What about} $A?
	Do you know {a|any} story about $A?
	{Write about|A story about} $A and $B.
	{Tell me|Tell me a story} about $A and $B.
	What did $A and $B do?
	How did $A meet $B?
	I want to {hear|read} about $A and $B.
`);

export const aboutBoth = lines(`
	Write about $A and {the|a} $thing.
	{Tell|Please tell} me a story about $A and {the|a} $thing.
	{Tell me|Write} {about|something about} $A and the $adj $thing.
	{A story|A short story} about $A and {the|a} $thing, please.
	What did $A do with the $thing?
	What happened to $A and the $thing?
	{Why|How} did $A {get|come by} a $thing?
	Can you write about $A and {a|the} $adj $thing?
	I would like to hear about $A and the $thing.
	{$A and the $thing|$A and the $adj $thing}{.|, please.|}
	The $thing of $A: {what happened|tell me}{?|.}
	{Give me|Make up} a story {with|about} $A and a $thing.
	Do you know the one about $A and the $thing?
	{Who is|Who was} $A, and what about the $thing?
`);

export const aboutSubject = lines(`
	{Tell|Please tell|Can you tell} me a story about $subject.
	{Write|Please write} {a story|something} about $subject.
	{Tell me|Say} something about $subject.
	A story about $subject, please.
	{Do you know|Have you} a story about $subject?
	I would like {a story|to hear} about $subject.
	What {about|happened with} $subject?
	{Write about|A story about} $subject and $A.
	Tell me about $subject and {the|a} $thing.
	Make up a story about $subject and a $adj $thing.
`);

export const aboutPlace = lines(`
	What happened $at?
	Tell me {a story|what happened} $at.
	{Did anything happen|What was going on} $at{?| that day?}
	What did $A do $at?
	{A story|Write a story} that {happens|begins} $at.
	Who was $at?
`);

export const anyStory = lines(`
	Tell me a story.
	{Please|Can you} tell me a {short|new|little} story{.|, please.}
	{A|Another|One more} story, please.
	{Write|Make up} {a story|something}.
	{Tell me|Say} something {nice|funny|new}.
	What happened {in town|in Quillmouth} {today|yesterday|last night}?
	What is new in {town|Quillmouth}?
	{Surprise|Entertain} me.
	Once upon a time
	{Go on|Begin}.
	I {am bored|cannot sleep}.
`);
