package zircon.bench;

import zircon.sys.host.zx_host_h;
import zircon.sys.zircon_h;

import java.lang.foreign.FunctionDescriptor;
import java.util.List;
import java.util.Objects;

/// Has the JDK link what zx demo calls in C, and nothing more: what no program that makes these
/// calls can start without.
final class Linking {
    private static final String GATE = "/zircon/internal/linux-x86_64/libzircon.so";

    private Linking() {}

    public static void main(String[] args) {
        System.load(Objects.requireNonNull(Linking.class.getResource(GATE), GATE).getPath());
        System.out.println(linked().size() + " functions");
    }

    /// The generated class of a function links it as soon as it is asked for anything.
    private static List<FunctionDescriptor> linked() {
        return List.of(
                zircon_h.zx_channel_create$descriptor(),
                zircon_h.zx_channel_read_etc$descriptor(),
                zircon_h.zx_channel_write$descriptor(),
                zircon_h.zx_deadline_after$descriptor(),
                zircon_h.zx_handle_close$descriptor(),
                zircon_h.zx_handle_duplicate$descriptor(),
                zircon_h.zx_job_default$descriptor(),
                zircon_h.zx_object_get_info$descriptor(),
                zircon_h.zx_object_set_property$descriptor(),
                zircon_h.zx_object_wait_one$descriptor(),
                zircon_h.zx_port_create$descriptor(),
                zircon_h.zx_port_wait$descriptor(),
                zircon_h.zx_process_create$descriptor(),
                zircon_h.zx_process_start$descriptor(),
                zircon_h.zx_task_bind_exception_port$descriptor(),
                zircon_h.zx_task_resume_from_exception$descriptor(),
                zircon_h.zx_thread_create$descriptor(),
                zx_host_h.zx_host_copy_in$descriptor(),
                zx_host_h.zx_host_copy_out$descriptor(),
                zx_host_h.zx_host_install$descriptor(),
                zx_host_h.zx_host_interrupt$descriptor(),
                zx_host_h.zx_host_load$descriptor(),
                zx_host_h.zx_host_next_ended_thread$descriptor(),
                zx_host_h.zx_host_run$descriptor(),
                zx_host_h.zx_host_stop$descriptor(),
                zx_host_h.zx_host_symbol$descriptor(),
                zx_host_h.zx_host_thread_self$descriptor());
    }
}
