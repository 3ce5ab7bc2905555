/** Which addresses share one budget. */
import { isIPv6 } from 'node:net';

const IPV6_GROUPS = 8;
const IPV6_PREFIX_GROUPS = 4;
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * Names the budget of a network address: itself for IPv4, its /64 for IPv6, since one host commonly owns a whole /64.
 *
 * @param address as the socket gives it
 * @returns a short key
 * @example addressKey('::ffff:10.0.0.1') // '10.0.0.1'
 * @example addressKey('2001:db8::1') // '2001:db8:0:0::/64'
 */
export function addressKey(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = ''] = address.split('%');
  return isIPv6(bare) ? `${expandGroups(bare).slice(0, IPV6_PREFIX_GROUPS).join(':')}::/64` : address;
}

function expandGroups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = splitGroups(head);
  if (tail === undefined) return left.map(stripZeros);
  const right = splitGroups(tail);
  const gap = Array.from({ length: Math.max(0, IPV6_GROUPS - left.length - right.length) }, () => '0');
  return [...left, ...gap, ...right].map(stripZeros);
}

function splitGroups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function stripZeros(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
