#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A regular file, open for reading. Reads go to private memory instead of a mapping: a file that is cut short while it is mapped
/// kills the process, and copying block by block into memory that is still in the cache is no slower than faulting pages in.
final class OpenFile: @unchecked Sendable {
    let path: String
    let size: Int
    private let descriptor: Int32
    private let state: FileState

    init(path: String) throws(LoadError) {
        let state = try FileState(path: path)
        guard state.kind == .file else { throw .notAFile(path: path) }
        // Without O_NONBLOCK opening a FIFO that took the file's place meanwhile would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .fromSystem(errno, path: path) }
        self.path = path
        self.state = state
        self.descriptor = descriptor
        size = state.size
    }

    deinit { close(descriptor) }

    /// Reads exactly `count` bytes; fewer being there means that the file was cut short.
    func read(from offset: Int, count: Int, into memory: UnsafeMutablePointer<UInt8>) throws(LoadError) {
        var done = 0
        while done < count {
            let got = pread(descriptor, memory + done, count - done, off_t(offset + done))
            if got > 0 {
                done += got
            } else if got == 0 {
                throw .changedWhileReading(path: path)
            } else if errno != EINTR {
                throw .fromSystem(errno, path: path)
            }
        }
    }

    /// Throws if the file is no longer what was opened.
    func checkUnchanged() throws(LoadError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .fromSystem(errno, path: path) }
        guard FileState(status) == state else { throw .changedWhileReading(path: path) }
    }
}

/// What kind of thing a path leads to, and what tells one version of a file from the next.
struct FileState: Equatable {
    enum Kind { case file, folder, other }
    let kind: Kind
    let size: Int
    /// When it was last changed.
    let seconds: Int
    let nanoseconds: Int

    init(path: String) throws(LoadError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .fromSystem(errno, path: path) }
        self.init(status)
    }

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        default: kind = .other
        }
        size = Int(status.st_size)
        #if canImport(Glibc)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        #else
            seconds = status.st_mtimespec.tv_sec
            nanoseconds = status.st_mtimespec.tv_nsec
        #endif
    }
}
