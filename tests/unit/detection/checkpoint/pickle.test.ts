import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '@/lib/detection';
import { MemoryBudget } from '@/lib/detection/checkpoint/budget';
import { readPickle } from '@/lib/detection/checkpoint/pickle';
import { type Dict, ObjectRecord, Opaque, Tuple } from '@/lib/detection/checkpoint/values';
import { randomModel, writeCheckpoint } from './support/checkpoint-writer';
import {
  ascii,
  Call,
  Global,
  Instance,
  orderedDict,
  type Py,
  PyFloat,
  PyTuple,
  Raw,
  writePickle,
} from './support/pickle-writer';
import { refusal } from './support/refusal';

const read = (bytes: Uint8Array) => readPickle(bytes, new MemoryBudget(bytes.length));
const raw = (...bytes: number[]) => Uint8Array.from([0x80, 2, ...bytes, 0x2e]);
const line = (text: string) => ascii(`${text}\n`);
const unicode = (text: string) => [0x58, text.length, 0, 0, 0, ...ascii(text)];

describe('what it reads', () => {
  it.each<[string, Py, unknown]>([
    ['None', null, null],
    ['True', true, true],
    ['small integers', 200, 200],
    ['integers of two bytes', 54321, 54321],
    ['negative integers', -5, -5],
    ['integers of four bytes', 2_000_000_000, 2_000_000_000],
    ['floats', new PyFloat(0.1), 0.1],
    ['text', 'Ångström, 日本', 'Ångström, 日本'],
    ['long text', 'x'.repeat(5000), 'x'.repeat(5000)],
    ['lists', [1, [2], 'a', []], [1, [2], 'a', []]],
  ])('%s', (_, value, expected) => {
    expect(read(writePickle(value))).toEqual(expected);
  });

  it('tuples of every length', () => {
    for (let length = 0; length < 6; length++) {
      const items = Array.from({ length }, (_, i) => i);
      expect(read(writePickle(new PyTuple(...items)))).toEqual(new Tuple(items));
    }
  });

  it('dicts, and the same object by reference', () => {
    const shared: Py[] = [1];
    const dict = read(
      writePickle(
        new Map<Py, Py>([
          ['a', shared],
          ['b', shared],
          [3, 'three'],
        ]),
      ),
    ) as Dict;
    expect(dict.get('a')).toBe(dict.get('b'));
    expect(dict.get(3)).toBe('three');
    expect(dict.size).toBe(3);
  });

  it('long integers, framed and memoised pickles of protocol 4', () => {
    expect(read(raw(0x8a, 1, 0xff))).toBe(-1);
    expect(read(raw(0x8a, 0))).toBe(0);
    expect(read(raw(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1))).toBe(2n ** 64n);
    const framed = [0x95, 3, 0, 0, 0, 0, 0, 0, 0, 0x8c, 1, 0x61, 0x94, 0x68, 0, 0x86];
    expect(read(raw(...framed))).toEqual(new Tuple(['a', 'a']));
  });

  it('texts of Python 2, long numbers and bytes, and what was put on the stack for nothing', () => {
    expect(read(raw(0x55, 2, ...ascii('ab')))).toBe('ab');
    expect(read(raw(0x54, 2, 0, 0, 0, ...ascii('ab')))).toBe('ab');
    expect(read(raw(0x8d, 2, 0, 0, 0, 0, 0, 0, 0, ...ascii('ab')))).toBe('ab');
    expect(read(raw(0x8b, 2, 0, 0, 0, 0xff, 0xff))).toBe(-1);
    expect(read(raw(0x8e, 1, 0, 0, 0, 0, 0, 0, 0, 7))).toEqual(Uint8Array.of(7));
    expect(read(raw(0x4b, 1, 0x4b, 2, 0x30))).toBe(1);
    expect(read(raw(0x4b, 1, 0x28, 0x4b, 2, 0x4b, 3, 0x31))).toBe(1);
    expect(read(raw(0x4b, 1, 0x32, 0x86))).toEqual(new Tuple([1, 1]));
    expect(refusal(() => read(raw(0x8e, 0, 0, 0, 0, 1, 0, 0, 0, 7))).code).toBe('checkpoint-corrupt');
  });

  it('a method that a fused layer keeps, and values of types that only hold something', () => {
    const method = new Call(new Global('builtins', 'getattr'), [
      new Instance(new Global('ultralytics.nn.modules.conv', 'Conv'), {}),
      'forward_fuse',
    ]);
    expect(read(writePickle(method))).toBeInstanceOf(Opaque);
    for (const [module, name] of [
      ['builtins', 'dict'],
      ['numpy', 'float64'],
      ['pathlib._local', 'PosixPath'],
      ['argparse', 'Namespace'],
      ['types', 'SimpleNamespace'],
      ['torch.torch_version', 'TorchVersion'],
    ] as const)
      expect(read(writePickle(new Call(new Global(module, name), [])))).toBeInstanceOf(Opaque);
  });

  it('nothing of a form that torch.save does not write, and says no more of it than that', () => {
    const error = refusal(() => read(raw(0x50, ...line('x'))));
    expect(error.code).toBe('checkpoint-unsupported');
    expect(error.message).toMatch(/opcode 0x50 at byte 2/);
  });

  it('objects as records of their class name and attributes', () => {
    const conv = new Instance(new Global('torch.nn.modules.conv', 'Conv2d'), { groups: 4 });
    const record = read(writePickle(conv)) as ObjectRecord;
    expect(record).toBeInstanceOf(ObjectRecord);
    expect(String(record.type)).toBe('torch.nn.modules.conv.Conv2d');
    expect(record.attributes.get('groups')).toBe(4);
  });

  it('training records it has no use for', () => {
    const scalar = new Call(new Global('numpy.core.multiarray', 'scalar'), [
      new Call(new Global('numpy', 'dtype'), ['f8', false, true]),
      'bytes',
    ]);
    expect(read(writePickle(scalar))).toBeInstanceOf(Opaque);
  });

  it('the loss that a training leaves in the model when it is broken off', () => {
    const loss = new Instance(new Global('ultralytics.utils.loss', 'v8DetectionLoss'), {
      device: new Call(new Global('torch', 'device'), ['cuda', 0]),
      assigner: new Instance(new Global('ultralytics.utils.tal', 'TaskAlignedAssigner'), { topk: 10 }),
    });
    const record = read(writePickle(loss)) as ObjectRecord;
    expect(String(record.type)).toBe('ultralytics.utils.loss.v8DetectionLoss');
    expect(record.attributes.get('device')).toBeInstanceOf(Opaque);
  });

  it('attributes called like the innards of JavaScript objects', () => {
    const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const dict = read(writePickle(new Map<Py, Py>(keys.map((key) => [key, 1])))) as Dict;
    for (const key of keys) expect(dict.get(key)).toBe(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(dict.get('valueOf')).toBeUndefined();
  });
});

describe('a pickle that tries to run code does nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pickle-'));
  const evidence = join(folder, 'ran');
  const command = `touch ${evidence}`;
  (globalThis as Record<string, unknown>).hacked = () => {
    throw new Error('code from the file was run');
  };

  const attacks: [string, Uint8Array, RegExp?][] = [
    ['os.system', writePickle(new Call(new Global('os', 'system'), [command])), /os\.system/],
    ['posix.system', writePickle(new Call(new Global('posix', 'system'), [command])), /posix\.system/],
    ['nt.system', writePickle(new Call(new Global('nt', 'system'), [command])), /nt\.system/],
    ['subprocess', writePickle(new Call(new Global('subprocess', 'Popen'), [command])), /subprocess\.Popen/],
    ['eval', writePickle(new Call(new Global('builtins', 'eval'), ['hacked()'])), /builtins\.eval/],
    [
      'exec of Python 2',
      writePickle(new Call(new Global('__builtin__', 'exec'), ['hacked()'])),
      /__builtin__\.exec/,
    ],
    ['getattr', writePickle(new Call(new Global('__builtin__', 'getattr'), ['x', 'y'])), /getattr/],
    ['__import__', writePickle(new Call(new Global('__builtin__', '__import__'), ['os'])), /__import__/],
    ['torch.load', writePickle(new Call(new Global('torch', 'load'), ['x'])), /torch\.load/],
    ['runpy', writePickle(new Call(new Global('runpy', '_run_code'), ['x'])), /runpy/],
    ['a name that is only mentioned', writePickle([new Global('os', 'system')]), /os\.system/],
    [
      'STACK_GLOBAL',
      raw(...unicode('os'), ...unicode('system'), 0x93, ...unicode(command), 0x85, 0x52),
      /os\.system/,
    ],
    ['INST', raw(0x28, ...unicode(command), 0x69, ...line('os'), ...line('system')), /opcode 0x69/],
    ['OBJ', raw(0x28, 0x63, ...line('os'), ...line('system'), ...unicode(command), 0x6f), /os\.system/],
    [
      'OBJ of a permitted class',
      raw(0x28, 0x63, ...line('torch.nn.modules.conv'), ...line('Conv2d'), 0x6f),
      /opcode 0x6f/,
    ],
    ['EXT1', raw(0x82, 1), /opcode 0x82/],
    ['EXT2', raw(0x83, 1, 0), /opcode 0x83/],
    ['NEWOBJ_EX', raw(0x63, ...line('subprocess'), ...line('Popen'), 0x29, 0x7d, 0x92), /subprocess\.Popen/],
    [
      'an attribute of a function',
      writePickle(
        new Call(new Global('builtins', 'getattr'), [new Global('torch._utils', '_rebuild_tensor_v2'), 'x']),
      ),
      /attribute by builtins\.getattr/,
    ],
    [
      'an attribute of something unknown that is called',
      writePickle(
        new Call(new Call(new Global('builtins', 'getattr'), [new Global('some.thing', 'x'), 'system']), [
          'ls',
        ]),
      ),
      /call a value/,
    ],
    [
      'the innards of a layer',
      writePickle(
        new Call(new Global('builtins', 'getattr'), [
          new Instance(new Global('torch.nn.modules.conv', 'Conv2d'), {}),
          '__reduce_ex__',
        ]),
      ),
      /attribute by builtins\.getattr/,
    ],
    [
      'a method of a layer that is called',
      writePickle(
        new Call(
          new Call(new Global('builtins', 'getattr'), [
            new Instance(new Global('torch.nn.modules.conv', 'Conv2d'), {}),
            'forward',
          ]),
          [1],
        ),
      ),
      /call a value/,
    ],
    [
      'a call of a permitted class',
      writePickle(new Call(new Global('torch.nn.modules.conv', 'Conv2d'), [1])),
      /call torch\.nn\.modules\.conv\.Conv2d/,
    ],
    [
      'a call of a storage',
      writePickle(new Call(new Global('torch', 'FloatStorage'), [1])),
      /call torch\.FloatStorage/,
    ],
    ['a call of a number', writePickle(new Call(7, [1])), /call a value/],
    [
      'an object of a function',
      raw(0x63, ...line('torch._utils'), ...line('_rebuild_tensor_v2'), 0x29, 0x81),
      /object of torch/,
    ],
  ];
  it.each(attacks)('%s', (_, bytes, says = /./) => {
    const error = refusal(() => read(bytes));
    expect(error.code).toBe('checkpoint-unsafe');
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/Nothing of it was run/);
    expect(existsSync(evidence)).toBe(false);
  });

  it('inside a checkpoint that is sound otherwise', () => {
    const file = writeCheckpoint(randomModel(), {
      top: (root) =>
        new Map<Py, Py>([
          ['model', root],
          ['hook', new Call(new Global('os', 'system'), [command])],
        ]),
    });
    expect(refusal(() => readCheckpoint(file)).code).toBe('checkpoint-unsafe');
    expect(existsSync(evidence)).toBe(false);
  });

  it.each(
    (
      'os.execv posix.popen subprocess.run pty.spawn runpy.run_path importlib.import_module builtins.exec builtins.compile ' +
      '__builtin__.apply sys.exit pickle.loads _pickle.Unpickler dill.loads marshal.loads ctypes.CDLL socket.socket ' +
      'urllib.request.urlopen requests.api.get webbrowser.open shutil.rmtree io.open code.InteractiveInterpreter ' +
      'types.FunctionType operator.attrgetter multiprocessing.util.spawnv_passfds asyncio.unix_events.x torch.load ' +
      'torch.hub.load torch.storage._load_from_bytes torch.jit.load numpy.load numpy.testing._private.utils.runstring ' +
      'timeit.timeit pdb.run bdb.Bdb pip._internal.main test.support.script_helper.assert_python_ok'
    ).split(' '),
  )('%s, called or only mentioned', (full) => {
    const at = full.lastIndexOf('.');
    const name = new Global(full.slice(0, at), full.slice(at + 1));
    for (const value of [new Call(name, ['x']), [name]]) {
      const error = refusal(() => read(writePickle(value)));
      expect(error.code).toBe('checkpoint-unsafe');
      expect(error.message).toContain(full);
    }
  });
});

describe('a name that nobody knows is no accusation', () => {
  const unknownOf = (value: Py) => {
    const bytes = writePickle(value);
    const unknown = new Set<string>();
    const read = readPickle(bytes, new MemoryBudget(bytes.length + 4096), unknown);
    return { read, unknown: [...unknown] };
  };

  it.each([
    ['torch.nn.modules.conv.os', 'System'],
    ['torch.nn.modules.utils', '_pair'],
    ['ultralytics.hub', 'Session'],
    ['constructor', 'constructor'],
    ['toString', 'x'],
    ['my.network', 'Backbone'],
    ['osmnx', 'Graph'],
  ])('%s.%s is noted, whether it is mentioned, made or called', (module, name) => {
    const global = new Global(module, name);
    expect(unknownOf([global]).unknown).toEqual([`${module}.${name}`]);
    expect(unknownOf(new Call(global, [1])).read).toBeInstanceOf(Opaque);
    const made = unknownOf(new Instance(global, { x: 1 }));
    expect(made.read).toBeInstanceOf(ObjectRecord);
    expect(made.unknown).toEqual([`${module}.${name}`]);
  });

  it.each<[string, Py]>([
    ['a date', new Call(new Global('datetime', 'datetime'), ['bytes'])],
    [
      'a NumPy array',
      new Call(new Global('numpy.core.multiarray', '_reconstruct'), [
        new Global('numpy', 'ndarray'),
        new PyTuple(0),
        'b',
      ]),
    ],
    [
      'settings of Ultralytics 8.0.x',
      new Instance(new Global('ultralytics.yolo.cfg', 'UltralyticsCFG'), { imgsz: 640 }),
    ],
    [
      'settings as Python keeps a namespace',
      new Call(new Global('ultralytics.utils', 'IterableSimpleNamespace'), []),
    ],
    [
      'a transform of torchvision',
      new Instance(new Global('torchvision.transforms.transforms', 'Compose'), { transforms: [] }),
    ],
    [
      'a kind of interpolation',
      new Call(new Global('torchvision.transforms.functional', 'InterpolationMode'), ['bilinear']),
    ],
    ['a type of numbers', new Global('torch', 'float16')],
  ])('%s is known', (_, value) => {
    expect(unknownOf(value).unknown).toEqual([]);
  });

  it('sets of newer protocols, and a list or dict of a class that is not known', () => {
    expect(read(raw(0x8f, 0x28, 0x4b, 1, 0x90))).toBeInstanceOf(Opaque);
    expect(read(raw(0x28, 0x4b, 1, 0x91))).toBeInstanceOf(Opaque);
    const strange = [0x63, ...line('easydict'), ...line('EasyDict'), 0x29, 0x81];
    expect(read(raw(...strange, ...unicode('a'), 0x4b, 1, 0x73))).toBeInstanceOf(ObjectRecord);
    expect(read(raw(...strange, 0x4b, 1, 0x61))).toBeInstanceOf(ObjectRecord);
  });

  it('carries no control characters into a message, and is never long', () => {
    const { unknown } = unknownOf(new Global('os\u001b[2J', 'x'.repeat(200)));
    expect([...unknown[0]!].every((character) => character >= ' ')).toBe(true);
    expect(unknown[0]!.length).toBeLessThan(150);
    expect(
      refusal(() => read(raw(...unicode('a'), 0x58, 0, 4, 0, 0, ...ascii('b'.repeat(1024)), 0x93))).code,
    ).toBe('checkpoint-corrupt');
  });
});

describe('a broken pickle is refused', () => {
  const broken: [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['no STOP', Uint8Array.from([0x80, 2, 0x4e])],
    ['STOP on an empty stack', raw()],
    ['a text longer than the file', raw(0x58, 0xff, 0xff, 0xff, 0xff)],
    ['a name without an end', raw(0x63, ...ascii('os'))],
    ['a memo that was never stored', raw(0x68, 9)],
    ['a memo far beyond the others', raw(0x4e, 0x72, 0xff, 0xff, 0xff, 0x7f)],
    ['TUPLE without a mark', raw(0x4e, 0x74)],
    ['APPENDS without a list', raw(0x4e, 0x28, 0x4e, 0x65)],
    ['SETITEMS without a dict', raw(0x5d, 0x28, 0x4e, 0x4e, 0x75)],
    ['SETITEMS with a key too many', raw(0x7d, 0x28, 0x4e, 0x75)],
    [
      'BUILD with no dict',
      raw(0x63, ...line('torch.nn.modules.conv'), ...line('Conv2d'), 0x29, 0x81, 0x4e, 0x62),
    ],
    ['BUILD of a number', raw(0x4b, 1, 0x7d, 0x62)],
    [
      'a call without arguments',
      writePickle(new Raw([0x63, ...line('collections'), ...line('OrderedDict'), 0x4e, 0x52])),
    ],
    ['a reference to no storage', raw(0x4e, 0x51)],
    [
      'a parameter that is no tensor',
      writePickle(new Call(new Global('torch._utils', '_rebuild_parameter'), [1, true, orderedDict()])),
    ],
    [
      'a tensor of nothing',
      writePickle(new Call(new Global('torch._utils', '_rebuild_tensor_v2'), [1, 2, 3])),
    ],
    ['a protocol that does not exist', Uint8Array.from([0x80, 9, 0x4e, 0x2e])],
  ];
  it.each(broken)('%s', (_, bytes) => {
    expect(refusal(() => read(bytes)).code).toBe('checkpoint-corrupt');
  });
});

describe('a pickle made to exhaust memory is refused early', () => {
  const bombs: [string, Uint8Array][] = [
    ['millions of dicts', new Uint8Array(3e6).fill(0x7d)],
    ['millions of lists', new Uint8Array(3e6).fill(0x5d)],
    ['millions of marks', new Uint8Array(3e6).fill(0x28)],
    ['millions of nested tuples', Uint8Array.from({ length: 3e6 }, (_, i) => (i === 0 ? 0x4e : 0x85))],
  ];
  it.each(bombs)('%s', (_, bytes) => {
    expect(refusal(() => read(bytes)).code).toBe('checkpoint-too-complex');
  });

  it('modules that contain each other a billion times over', () => {
    const type = new Global('torch.nn.modules.container', 'Sequential');
    let inner = new Instance(type, { _modules: new Map() });
    for (let level = 0; level < 20; level++)
      inner = new Instance(type, {
        _modules: new Map<Py, Py>(Array.from({ length: 8 }, (_, i) => [String(i), inner])),
      });
    const file = writeCheckpoint(randomModel(), { top: () => new Map<Py, Py>([['model', inner]]) });
    expect(refusal(() => readCheckpoint(file)).code).toBe('checkpoint-too-complex');
  });

  it('a module that contains itself', () => {
    const modules = new Map<Py, Py>();
    const self = new Instance(new Global('torch.nn.modules.container', 'Sequential'), { _modules: modules });
    modules.set('0', self);
    const file = writeCheckpoint(randomModel(), { top: () => new Map<Py, Py>([['model', self]]) });
    expect(refusal(() => readCheckpoint(file)).code).toBe('checkpoint-too-complex');
  });
});
