#include <exception>
#include <iostream>
#include <variant>

#include "cli/request.h"
#include "core/fault.h"
#include "heap.h"
#include "process_world.h"

namespace {

using migrate::core::ExitCode;

ExitCode run(const migrate::cli::Request& request) {
  migrate::wiring::ProcessWorld world(request.global);
  try {
    return request.run(world);
  } catch (const migrate::core::Fault& fault) {
    world.presenter().fault(fault.code(), fault.what(), fault.hint());
    return fault.code();
  } catch (const std::exception& defect) {
    world.presenter().fault(ExitCode::internal, defect.what(),
                            "this is a defect of migrate; please report it");
    return ExitCode::internal;
  }
}

}  // namespace

int main(int argc, char** argv) {
  migrate::wiring::prepare_heap();
  try {
    const auto parsed = migrate::cli::parse(argc, argv);
    if (const auto* text = std::get_if<migrate::cli::Text>(&parsed)) {
      (text->code == ExitCode::done ? std::cout : std::cerr) << text->text;
      return static_cast<int>(text->code);
    }
    return static_cast<int>(run(std::get<migrate::cli::Request>(parsed)));
  } catch (const std::exception& defect) {
    std::cerr << "migrate: " << defect.what() << '\n';
    return static_cast<int>(ExitCode::internal);
  }
}
