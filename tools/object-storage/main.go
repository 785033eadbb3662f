// The S3 server of local mode: versitygw's server over its POSIX back end, and nothing else of versitygw.
//
// It takes the arguments of `versitygw` that local mode uses, so that the whole command can take its place. The whole
// one also holds its own integration tests and the back ends of other stores, which is half of its compile time.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

// What the whole command takes where nobody says another number.
const (
	mostConnections   = 250_000
	mostRequests      = 100_000
	mostPartsOfUpload = 10_000
	mostActions       = 5_000
	mostBytesToCopy   = 5 << 30
)

const usage = "versitygw --port ADDRESS [--keep-alive] [--quiet] " +
	"posix [--disable-object-lock-file] [--versioning-dir FOLDER] FOLDER"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, arguments []string) error {
	config := embedgw.Config{
		RootUserAccess:    os.Getenv("ROOT_ACCESS_KEY_ID"),
		RootUserSecret:    os.Getenv("ROOT_SECRET_ACCESS_KEY"),
		MaxConnections:    mostConnections,
		MaxRequests:       mostRequests,
		MultipartMaxParts: mostPartsOfUpload,
	}
	server := flag.NewFlagSet("versitygw", flag.ContinueOnError)
	port := server.String("port", "", "address to listen on")
	server.BoolVar(&config.KeepAlive, "keep-alive", false, "keep connections open between requests")
	server.BoolVar(&config.Quiet, "quiet", false, "print no line for each request")
	if err := server.Parse(arguments); err != nil {
		return err
	}
	config.Ports = []string{*port}
	if server.Arg(0) != "posix" {
		return fmt.Errorf("the back end posix is expected. Received: %q. Usage: %s", server.Arg(0), usage)
	}

	options := posix.PosixOpts{Concurrency: mostActions, CopyObjectThreshold: mostBytesToCopy}
	store := flag.NewFlagSet("posix", flag.ContinueOnError)
	store.BoolVar(&options.ForceNoObjLockFile, "disable-object-lock-file", false, "for one server on the folder")
	store.StringVar(&options.VersioningDir, "versioning-dir", "", "folder of the versions of objects")
	if err := store.Parse(server.Args()[1:]); err != nil {
		return err
	}
	if store.NArg() != 1 {
		return fmt.Errorf("one folder for buckets and objects is expected. Received: %q. Usage: %s", store.Args(), usage)
	}
	folder := store.Arg(0)
	if err := (meta.XattrMeta{}).Test(folder); err != nil {
		return fmt.Errorf("the file system of %s keeps no extended attributes, where objects keep their metadata: %w", folder, err)
	}
	objects, err := posix.New(folder, meta.XattrMeta{}, options)
	if err != nil {
		return err
	}
	return embedgw.RunVersityGW(ctx, objects, &config)
}
