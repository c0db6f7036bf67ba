// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cerrno>

namespace coinvest {

/// An open descriptor, closed once.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  /// 0 or an errno. After EINTR Linux has closed it all the same.
  int close() {
    if (number_ < 0) return 0;
    const int status = ::close(number_);
    number_ = -1;
    return status == 0 || errno == EINTR ? 0 : errno;
  }

 private:
  int number_;
};

}  // namespace coinvest
