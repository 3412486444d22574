/**
 * Names by which a pickle runs code when Python opens it: the ones that an accusation rests on. A file that holds one is called
 * unsafe. Of other names that nobody knows it is only said that they are not known: nothing of either is ever run here.
 *
 * After the lists of Python's `pickletools`, `picklescan` and `fickling`: whatever starts programs, evaluates text, imports,
 * opens files or sockets, unpickles once more, or builds functions out of such.
 */

/** Packages of which every name counts, with all that is inside them. */
const PACKAGES = new Set(
  (
    'os posix nt posixpath ntpath subprocess pty popen2 commands platform sys runpy importlib imp pkgutil zipimport ' +
    'pickle _pickle cPickle dill cloudpickle joblib shelve marshal code codeop types inspect ctypes _ctypes cffi ' +
    'socket _socket ssl http httplib urllib urllib2 requests aiohttp httpx ftplib smtplib telnetlib poplib imaplib ' +
    'xmlrpc webbrowser socketserver asyncio multiprocessing threading _thread thread concurrent signal shutil tempfile ' +
    'io _io fileinput glob bdb pdb timeit cProfile profile trace doctest pydoc atexit gc site pip setuptools ensurepip ' +
    'venv distutils builtins __builtin__ __builtins__ operator _operator sqlite3 lib2to3 idlelib test'
  ).split(' '),
);

/** Parts of packages that are harmless otherwise, with all that is inside them. */
const PARTS = [
  'torch.load',
  'torch.hub',
  'torch.jit',
  'torch.package',
  'torch.serialization',
  'torch.storage._load_from_bytes',
  'torch.utils.cpp_extension',
  'torch.utils.bottleneck',
  'torch.utils.collect_env',
  'torch.utils.data.datapipes',
  'torch._dynamo.guards',
  'torch._inductor',
  'torch.distributed.rpc',
  'torch.fx',
  'numpy.load',
  'numpy.testing',
  'numpy.f2py',
  'numpy.distutils',
  'pandas.eval',
  'pandas.read_pickle',
  'functools.reduce',
  'ultralytics.utils.checks',
  'ultralytics.utils.downloads',
];

/** Of Python's own names, those that only hold something. */
const HARMLESS =
  /^(builtins|__builtin__)\.(object|dict|list|tuple|set|frozenset|int|long|float|complex|bool|str|unicode|bytes|bytearray|slice|range|xrange|NoneType|Ellipsis)$/;

/** Whether Python would run code by this name. */
export function runsCode(module: string, name: string): boolean {
  const full = `${module}.${name}`;
  if (HARMLESS.test(full)) return false;
  if (PACKAGES.has(module.split('.')[0]!)) return true;
  return PARTS.some((part) => full === part || full.startsWith(`${part}.`));
}
