"""What the operating system says of a file, in Chinese: its own words are the system's language or English."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from functools import lru_cache

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样操作",
    errno.EEXIST: "文件已存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被占用",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.EINVAL: "名称无效",
    errno.ENXIO: "没有这个设备",
    errno.ENOMEM: "内存不足",
    errno.EPIPE: "读取的一方已关闭",
}


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, str]:
    return {os.strerror(code): words for code, words in _REASONS.items()}
