import { describe, expect, test } from 'vitest';
import { unreadPicture } from '@/lib/vision/unread-picture';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const found = (text: string) => unreadPicture(bytes(text))?.found;

describe('a picture that no browser opened', () => {
  test.each([
    ['\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF', 'a JPEG picture that is damaged or cut off'],
    ['\u0089PNG\r\n\u001a\n\u0001\u0002', 'a PNG picture that is damaged or cut off'],
    ['RIFF\0\u0001\0\0WEBPVP8 ', 'a WebP picture that is damaged or cut off'],
    ['\0\0\0\u0018ftypheic\0\0\0\0', 'a HEIC picture, as many phones take them: few browsers read those'],
    ['\0\0\0\u0018ftypmif1\0\0\0\0', 'a HEIC picture, as many phones take them: few browsers read those'],
    ['\0\0\0\u001cftypavif', 'an AVIF picture that is damaged, or that this browser cannot read'],
    ['\0\0\0\u0020ftypisom', 'a video that this browser cannot play'],
    ['II*\0\u0008\0\0\0', 'a TIFF picture: few browsers read those'],
    ['MM\0*\0\0\0\u0008', 'a TIFF picture: few browsers read those'],
    ['PK\u0003\u0004\u0014\0', 'a ZIP archive, or a checkpoint of a detector'],
    ['%PDF-1.4\n', 'a PDF'],
    [
      '<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="9"/>',
      'an SVG drawing, which has no pixels of its own',
    ],
    ['<!DOCTYPE html><title>404</title>', 'a web page: often what came in place of the picture'],
    ['Dear diary,\n\n  today', 'text that begins “Dear diary, today”'],
  ])('%j is named', (head, name) => {
    expect(found(head)).toBe(name);
  });

  test('of a text no more than forty characters are shown, and what tells nothing is not guessed', () => {
    expect(found('a'.repeat(5000))).toBe(`text that begins “${'a'.repeat(40)}”`);
    expect(unreadPicture(Uint8Array.of(0, 1, 2, 3, 200, 201))).toBeNull();
    expect(unreadPicture(new Uint8Array(0))).toBeNull();
  });

  test('each has its own advice', () => {
    expect(unreadPicture(bytes('\0\0\0\u0018ftypheic'))?.remedy).toContain('Most Compatible');
    expect(unreadPicture(bytes('hello'))?.remedy).toBe('Choose a JPEG, PNG, WebP or AVIF file.');
    expect(unreadPicture(bytes('\u00ff\u00d8\u00ff'))?.remedy).not.toContain('HEIC');
  });
});
